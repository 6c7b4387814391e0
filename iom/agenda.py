"""What routes, journals and mentoring ask of a person. Each part registers its own."""

from iom.agenda_extra import extra_agenda
from iom.journals_agenda import journals_asked
from iom.mentoring_agenda import mentoring_agenda, to_decide_asked
from iom.routes_agenda import routes_agenda
from school.agendas import agenda_register, asked_register

agenda_register(mentoring_agenda)
agenda_register(extra_agenda)
agenda_register(routes_agenda)
asked_register(journals_asked, to_decide_asked)
