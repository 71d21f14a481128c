board-title = Board
board-column-label = { $stage }, { $count ->
        [one] 1 engagement
       *[other] { $count } engagements
    }
board-owner-filter = Owner
board-owner-all = All owners
board-search = Search the board
board-empty = Nothing is in the pipeline yet.
board-empty-import = Import won deals
board-empty-filter = Nothing matches this filter.
board-clear-filter = Clear filter
board-column-empty = Empty
board-more-currencies = and { $count } more
card-no-owner = No owner
card-gate-open = Gate open
card-items-left =
    { $count ->
        [one] 1 item left
       *[other] { $count } items left
    }
card-blocked = Blocked
card-returned = Returned
card-breached = Gate broken
card-overridden =
    { $count ->
        [one] Overridden
       *[other] Overridden { $count }×
    }
board-move-to = Move to…
board-move-title = Move { $name }
board-move-next = Move to the next stage
board-move-prev = Move to the stage before
board-move-none = { $name } is in the last stage.
board-refuse-same = Already here
board-move-first = { $name } is in the first stage.
board-refuse-ended = It has ended. Open it to undo that, or to go to the one that follows.
board-refuse-next = { $stage } comes first
board-moved = { $name } moved to { $stage }.
board-moving = Moving { $name }
board-move-cancelled = Move cancelled.
board-open-card = Open
board-keys = Arrow keys move between cards, Enter opens, Shift with an arrow key moves the card.

gate-title = Before { $name } moves to { $stage }
gate-intro =
    { $count ->
        [0] Nothing is missing, but the gate is blocked:
        [one] One thing is missing:
       *[other] { $count } things are missing:
    }
gate-override-intro =
    { $count ->
        [0] Nothing is missing, but the gate is blocked. Say why it moves anyway.
        [one] One thing stays open. Say why it moves anyway.
       *[other] { $count } things stay open. Say why it moves anyway.
    }
gate-blocks = Also in the way
gate-holder = { $holder } fills this
gate-missing-points = Missing: { $points }
gate-in-handover = In the handover
gate-go-handover = Open the handover
gate-go-promises = Open the promises
gate-go-pipeline = Open the pipeline
gate-save-move = Save and move
gate-save-only = Save
gate-anyway = Move anyway with a reason…
gate-reason = Reason
gate-reason-hint = Your name and this reason stay on the engagement, also after an undo.
gate-override-move = Move with this reason
gate-back-to-items = Back to the items
gate-still-open = Saved. Still open before it can move:
gate-choose = Choose
gate-score-hint = 1 is bad, 5 is very good
gate-done = Done
gate-nothing-here = Nothing of this can be filled here: follow the links, then move again.
