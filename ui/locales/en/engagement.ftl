# One engagement: header, stages, checklist, handover, promises.

## Header

engagement-label = Engagement
engagement-loading = Loading the engagement
engagement-failed = This engagement could not be opened.
engagement-to-list = Go to the list
engagement-retry = Try again
engagement-owner = Owner
engagement-owner-none = Nobody yet
engagement-value = Value
engagement-value-none = Not known
engagement-signed = Signed
engagement-signed-none = Not known
engagement-product = Product
engagement-stage = Stage
engagement-badge-deleted = Deleted
engagement-badge-breached = A passed gate no longer holds
engagement-badge-returned = Handover returned
engagement-badge-overridden = { $count ->
    [one] 1 override
   *[other] { $count } overrides
}
engagement-tabs = Parts of the engagement
engagement-tab-checklist = Checklist
engagement-tab-handover = Handover
engagement-tab-promises = Promises
engagement-tab-moods = Moods
engagement-tab-history = History
engagement-move = Move to { $stage }
engagement-move-overridden = The gate of { $stage } was opened with a reason.
engagement-move-ready = Everything in { $stage } is done.
engagement-move-closed = { $count ->
    [one] 1 item is still open in { $stage }.
   *[other] { $count } items are still open in { $stage }.
}
engagement-move-blocked = { $count ->
    [one] Something else keeps { $stage } closed.
   *[other] { $count } other things keep { $stage } closed.
}
engagement-move-last = This is the last stage.
engagement-more = More for this engagement
engagement-move-back = Move back to { $stage }
engagement-rename = Rename
engagement-rename-label = Name of the engagement
engagement-rename-save = Save name
engagement-delete = Delete engagement
engagement-restore = Restore engagement
engagement-deleted-note = This engagement was deleted. Its history is kept, and it can be restored.
engagement-cancel = Cancel
engagement-done-moved = Moved to { $stage }
engagement-done-deleted = { $name } deleted
engagement-done-restored = { $name } restored
engagement-done-renamed = Renamed to { $name }

## Stage rail

rail-label = Stages
rail-passed = passed
rail-current = current stage
rail-ahead = ahead
rail-breached = broken
rail-days = { $expected ->
    [one] Usually 1 day, stuck after { $stuck }
   *[other] Usually { $expected } days, stuck after { $stuck }
}

## A gate that broke

breach-title = The gate of { $stage } no longer holds
breach-text = Something was changed after this engagement had moved on. Do it again, or move the engagement back to { $stage }. Until then the next gate stays closed, unless it is opened with a reason.
breach-someone = A colleague
breach-item = Open again: { $items }
breach-when = { $person }, { $when }
breach-go = Go to { $item }
breach-back = Move back to { $stage }

## Checklist

checklist-stage-progress = { $done } of { $total } done
checklist-stage-ahead = Not reached yet
checklist-stage-entered = Since { $date }
checklist-optional = optional
checklist-overridden = opened without it
checklist-missing-points = Missing: { $points }
checklist-done-by = { $person }, { $when }
checklist-holder = Waits for { $holder }
checklist-go-fill = Fill in
checklist-go-verify = Verify
checklist-go-submit = Submit
checklist-go-answer = Accept or return
checklist-go-for = { $act }: { $item }
checklist-undo = Not done
checklist-undo-for = Not done: { $item }
checklist-save = Save
checklist-save-for = Save: { $item }
checklist-choose = Choose
checklist-score-of = { $score } of 5
checklist-state-done = Done
checklist-state-open = Open
checklist-done-toast = Done: { $item }
checklist-undone-toast = Open again: { $item }
checklist-text-missing = Write a few words first.
checklist-date-missing = Give the date first.
checklist-blocks = What else keeps the gate closed
checklist-block-go-handover = Open the handover
checklist-block-go-promises = Open the promises

## Override

override-open = Open this gate without the missing items
override-text = Sometimes waiting costs more than a missing item. The reason stays in the history, the items count as missing for ever, and the override is counted for you.
override-reason = Reason
override-reason-help = Write it for a colleague who reads it in half a year.
override-reason-missing = An override needs a reason.
override-button = Open the gate of { $stage }
override-done = The gate of { $stage } is open with your reason
override-list = Overrides
override-entry = { $person }, { $when }
override-items = Without: { $items }
override-breach = the broken gate of { $stage }
override-promise = the promise “{ $wording }”
override-undone = Undone, still counted

## Handover: states and acts

handover-label = Handover
handover-state-draft = Being written
handover-state-short = Not handed over yet
handover-state-submitted = Waits for { $receiver }
handover-state-submitted-nobody = Submitted
handover-state-returned = Returned with comments
handover-state-accepted = Accepted
handover-round = { $count ->
    [one] Submitted once
   *[other] Submitted { $count } times
}
handover-submitted-by = Submitted by { $person }, { $when }
handover-filled = { $filled } of { $total } filled
handover-complete = All { $total } points are filled
handover-first-completeness = { $percent } at the first submission
handover-missing-title = Still missing
handover-comments-title = Comments to answer
handover-optional = Good to know
handover-optional-text = Not needed to submit, but each line saves a question later.
handover-saved = Saved
handover-saving = Saving
handover-edited = { $person }, { $when }
handover-comment-from = Came back
handover-other = { $count ->
    [one] Another laptop wrote something else at the same time
   *[other] { $count } other versions were written at the same time
}
handover-other-use = Use this one
handover-other-use-for = Use this one for { $point }: { $value }
handover-other-taken = The other version was taken: { $point }
handover-empty-value = Not filled
handover-locked-submitted = It waits for { $receiver } now. To change something, take it back first.
handover-locked-yours = It waits for your answer: accept it, or return it with comments.
handover-locked-accepted = It was accepted. To change something, reopen it.
handover-locked-ended = It was accepted, and the engagement has ended. To change something, undo that decision in the history first.
handover-short-form = This is the handover to the account manager. It needs no form: below is the brief as delivery accepted it.
handover-submit-wrong-stage = It is submitted in { $stage }. Move the engagement back there first.
handover-locked-role = { $owner } writes this handover, or a colleague with the role { $role }.
handover-locked-person = Choose who you are first.

handover-verify-title = Second pair of eyes
handover-verify-stands = { $person } verified the brief, { $when }
handover-verify-lapsed = { $person } verified the brief, { $when }, but it was changed afterwards. It needs to be verified again.
handover-verify-by-writer = Verified by the person who wrote it, because nobody else is here.
handover-verify-missing = Someone other than the writer reads the brief and confirms that it can be delivered from.
handover-verify-who = Anyone but { $person } can verify it.
handover-verify-button = Verify the brief
handover-verify-closed-own = You wrote something in this brief or submitted it, so a colleague has to verify it.
handover-verify-closed-nobody = Choose who you are first, then you can verify.
handover-verify-closed-fill = Fill the missing points before it is verified.
handover-verified-toast = Brief verified

handover-submit-title = Hand over
handover-submit-to = Hand over to
handover-submit-choose = Choose a colleague
handover-submit-button = Submit
handover-submit-again = Submit again
handover-submit-nobody = No colleague has the role { $role } yet. Add one under People first.
handover-submit-people = Go to People
handover-submit-missing = { $count ->
    [one] 1 point is still empty. It cannot be accepted without it.
   *[other] { $count } points are still empty. It cannot be accepted without them.
}
handover-submit-anyway = { $count ->
    [one] Submit with 1 point empty
   *[other] Submit with { $count } points empty
}
handover-submit-ended = The engagement has ended, so this is not handed over any more. To go on with it, undo that decision in the history.
handover-submit-receiver-missing = Choose who takes over.
handover-submitted-toast = Submitted to { $person }
handover-withdraw = Take it back
handover-withdraw-text = Takes the submission back so that you can go on writing.
handover-withdrawn-toast = Taken back

handover-accept-title = Answer
handover-accept-only = Only { $receiver } can accept or return it.
handover-accept-verify-first = It can be accepted once a colleague has verified the brief.
handover-accept-missing = Points are still empty, so it cannot be accepted. Return it and say what you need.
handover-accept-start = Accept…
handover-accept-button = Accept the handover
handover-accept-text = With this, { $receiver } takes responsibility for the engagement.
handover-accept-held-on = Handover meeting held on
handover-accept-people = Who was there
handover-accept-people-help = Names, separated by commas
handover-accept-people-missing = Name at least one person.
handover-accept-minutes = Minutes or link to the recording
handover-accept-minutes-missing = Write a few lines of minutes, or paste a link to the recording.
handover-accept-held-on-missing = Give the date of the meeting.
handover-accept-rating = How good was this handover
handover-accept-rating-help = From 1, hard to work with, to 5, nothing left to ask. You may leave it out.
handover-accept-rating-none = No rating
handover-accepted-toast = Accepted. { $person } owns this engagement now.
handover-accepted-by = { $person } accepted it, { $when }
handover-accepted-as-lead = as lead, in place of the receiver
handover-accepted-held = Meeting
handover-accepted-people = Present
handover-accepted-minutes = Minutes
handover-return-start = Return…
handover-return-text = Write a comment at each point that needs work. They go back together.
handover-return-comment = Comment on { $point }
handover-return-button = { $count ->
    [0] Return
    [one] Return with 1 comment
   *[other] Return with { $count } comments
}
handover-return-missing = Write at least one comment, so that it is clear what is missing.
handover-return-cancel = Do not return
handover-returned-toast = Returned to { $person }
handover-returned-toast-nobody = Returned
handover-reopen-start = Reopen…
handover-reopen-text = Reopening takes the acceptance back. The stage it closed opens again.
handover-reopen-reason = Reason
handover-reopen-reason-missing = Reopening needs a reason.
handover-reopen-button = Reopen the handover
handover-reopened-toast = Reopened

## Handover: the points

handover-help-decision-maker = Who says yes at the client, and how to reach them: an e-mail or a phone number is enough.
handover-help-daily-contact = Who answers day-to-day questions: an e-mail or a phone number is enough.
handover-help-business-need = What problem the client wants solved, and why now.
handover-help-expected-result = What the client will call a success, in their own words.
handover-help-scope = What was sold, so that delivery can plan it.
handover-help-out-of-scope = What the client might expect but did not buy.
handover-help-schedule = When work starts, when it has to be finished, and what the dates depend on.
handover-help-commercial-terms = What the client pays, when it changes, and how it is invoiced.
handover-help-promises = Everything anyone told the client that they would get.
handover-help-concerns = What made the client hesitate, and what could go wrong.
handover-help-order-description = Detailed enough to start work without calling you.
handover-help-technical-data = Systems, versions, accesses, volumes.
handover-help-purchase-history = What they bought before, and how it went.
handover-help-competing-offers = Who else was in the race, and why we won.
handover-help-links = Offer, contract, notes, recordings.

handover-help-billing = For example monthly, half in advance
handover-error-email = This does not look like an e-mail address.
handover-error-reach = Give an e-mail or a phone number.
handover-error-name = Give the name.
handover-error-language = Give the language.
handover-error-role = Give the role.
handover-error-start-on = When does the work start?
handover-error-end-on = When does it have to be finished?
handover-error-end-before-start = The end is before the start.
handover-error-value = Write the amount as a number, for example 12,500.00.
handover-error-currency = Three letters, for example EUR.
handover-error-part = This is needed too.
handover-error-promises = Log each promise, or state that none were made.
handover-point-filled = filled
handover-error-text = This point is needed before the handover can be submitted.
handover-none-made = No promises were made
handover-none-made-help = Tick this only if nobody told the client anything beyond the contract.
handover-promises-add = Add a promise
handover-plain-text = As written before

## Promises

promises-title = Promises
promises-empty = No promises were logged for this engagement.
promises-empty-none-made = It was stated that no promises were made.
promises-add = Log a promise
promise-wording = What was promised
promise-wording-help = In the words the client heard.
promise-wording-missing = Write what was promised.
promise-kind = Kind
promise-kind-delivery = Delivery
promise-kind-date = Date
promise-kind-price = Price
promise-kind-channel = Channel or response time
promise-kind-trial = Trial
promise-by = Promised by
promise-to = Promised to
promise-channel = Where
promise-channel-call = Call
promise-channel-mail = Mail
promise-channel-offer = Offer
promise-channel-meeting = Meeting
promise-channel-none = Not known
promise-on = Promised on
promise-due = Due on
promise-visible = The client sees it in the summary
promise-internal = not shown to the client
promise-log-button = Log promise
promise-logged-toast = Promise logged
promise-deleted-toast = Promise deleted
promise-delete = Delete
promise-verdict-for = Can we keep it? { $wording }
promise-verdict-none = No verdict yet
promise-judged-toast = Verdict: { $verdict }
promise-blocks = Closes the gate until it is agreed anew or withdrawn
promise-state-open = Open
promise-state-kept = Kept
promise-state-broken = Broken
promise-state-renegotiated = Agreed anew
promise-state-withdrawn = Withdrawn
promise-settle = Settle
promise-settle-for = Settle the promise: { $wording }
promise-settle-kept = Kept
promise-settle-broken = Broken
promise-settle-renegotiated = Agreed anew…
promise-settle-withdrawn = Withdrawn
promise-settle-open = Open again
promise-settled-toast = Promise: { $state }
promise-renegotiate-label = What was agreed instead
promise-renegotiate-button = Save the new agreement
promise-line-by = by { $person }
promise-line-to = to { $person }
promise-line-on = on { $date }
promise-line-due = due { $date }

## Commands

command-group-engagement = Engagement
command-engagement-checklist = Open the checklist
command-engagement-handover = Open the handover
command-engagement-promises = Open the promises
command-engagement-history = Open the history
command-engagement-moods = Open the moods: how they feel
command-engagement-move = Move to the next stage
command-engagement-verify = Verify the brief
command-engagement-edit = Edit the handover
command-engagement-promise = Log a promise
command-engagement-rename = Rename the engagement
command-engagement-delete = Delete the engagement
