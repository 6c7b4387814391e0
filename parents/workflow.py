"""The way of a notice: made, handed over or opened by a link, known or declined; withdrawn when it was a mistake."""

from common.workflow import Transition, Workflow
from parents.words import NoticeDeed, NoticeState

_OUT = (NoticeState.MADE, NoticeState.HANDED, NoticeState.OPENED)
_ANSWERED = (NoticeState.KNOWN, NoticeState.DECLINED)

NOTICE = Workflow(
    [
        Transition(NoticeDeed.HAND, NoticeState.MADE, NoticeState.HANDED),
        Transition(NoticeDeed.OPEN, NoticeState.MADE, NoticeState.OPENED),
        Transition(NoticeDeed.OPEN, NoticeState.HANDED, NoticeState.OPENED),
        *(Transition(NoticeDeed.KNOW, state, NoticeState.KNOWN) for state in _OUT),
        *(Transition(NoticeDeed.DECLINE, state, NoticeState.DECLINED) for state in _OUT),
        # A mark that was set by mistake: the paper is again where it was before anybody answered.
        *(Transition(NoticeDeed.RETURN, state, NoticeState.HANDED, needs_comment=True) for state in _ANSWERED),
        Transition(NoticeDeed.RETURN, NoticeState.HANDED, NoticeState.MADE, needs_comment=True),
        *(
            Transition(NoticeDeed.WITHDRAW, state, NoticeState.WITHDRAWN, needs_comment=True)
            for state in (*_OUT, *_ANSWERED)
        ),
    ]
)
WAITING = _OUT
