"""What the service asks of people. Each part registers its own."""

from consultations.agenda_bringing import bringing_agenda
from consultations.agenda_meetings import meetings_agenda
from consultations.agenda_schedule import schedule_agenda
from consultations.agenda_talks import talks_agenda
from consultations.councils_agenda import councils_agenda
from school.agendas import agenda_register

agenda_register(bringing_agenda)
agenda_register(meetings_agenda)
agenda_register(schedule_agenda)
agenda_register(talks_agenda)
agenda_register(councils_agenda)
