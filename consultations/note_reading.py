"""The kinds of restricted facts of notes and plans, as the log of readings names them."""

from school.restricted import restricted_kind

NOTE = restricted_kind("service_note", "запись службы")
NOTE_OPENED = restricted_kind("service_note_opened", "запись службы, вскрытая с основанием")
PLAN = restricted_kind("support_plan", "план сопровождения")
PLAN_FILE = restricted_kind("support_plan_file", "печать плана сопровождения")
