# How an engagement ends, and the one that follows it.

status-active = Active
status-ended = Ended
status-renewed = Renewed
status-churned = Churned

outcome-renewed = Renewed
outcome-expanded = Expanded
outcome-reduced = Reduced
outcome-churned = Churned
outcome-ended = Ended
renewal-hint-renewed = The client goes on as before.
renewal-hint-expanded = The client goes on with more.
renewal-hint-reduced = The client goes on with less.
renewal-hint-churned = The client leaves.
renewal-hint-ended = It is over without a decision of the client.
renewal-hint-not-here = Only in the stage Renewal.

churn-reason-misfit = It did not fit
churn-reason-broken-promise = A promise was broken
churn-reason-price = Price
churn-reason-no-appreciation = They did not feel appreciated
churn-reason-nobody-could-solve-it = Nobody could solve it
churn-reason-rudeness = Rudeness
churn-reason-passed-around = They were passed around
churn-reason-waiting = They waited too long
churn-reason-closed-down = The client closed down
churn-reason-other = Something else

renewal-title = How does it end?
renewal-text = This closes { $name }. If the client goes on, the next engagement begins in post-sales.
renewal-outcome = Decision
renewal-outcome-missing = Choose how it ends.
renewal-reason = Why does the client leave?
renewal-reason-choose = Choose a reason
renewal-reason-missing = Choose why the client leaves.
renewal-note = What else is to be said
renewal-note-missing = Write a sentence: somebody will want to know why.
renewal-next = The next engagement
renewal-name = Name
renewal-name-missing = The next engagement needs a name.
renewal-value = Value
renewal-currency = Currency
renewal-end = Contract ends on
renewal-open-items = Still open here: { $items }. Fill them in the checklist first, or open the gate with a reason.
renewal-blocked = Something else keeps the gate closed. See the checklist.
renewal-save = Decide
renewal-saved = { $name }: { $outcome }
renewal-go = Decide
renewal-act = Decide the renewal or end it
renewal-decided = { $outcome }, by { $person } on { $when }
renewal-decided-why = { $reason }
renewal-somebody = somebody
renewal-go-next = Open the next engagement
renewal-go-previous = Open the one before
renewal-ended-hint = It has ended: it is not moved or handed over any more.
renewal-take-back = Decided by mistake? Whoever decided can undo it in the history.
renewal-go-history = Open the history

contract-end = Contract ends
contract-end-none = not known
contract-end-change = Change
contract-end-change-for = Change: contract ends
contract-end-title = When does the contract end?
contract-end-hint = Empty if it has no end. { $days } days before, it is on the owner’s Today.
contract-end-save = Save
contract-end-saved = Contract end saved

rail-not-run = not run
rail-not-run-hint = Taken over later: this gate was never run here.
command-engagement-decide = Decide the renewal or end it
command-engagement-contract-end = Set when the contract ends

## Taken over while it runs
take-over-act = Already running? Take over…
take-over-title = Take over while it runs
take-over-text = Say where it truly stands. What lies before was not run here, and its gates are not asked for.
take-over-stage = It stands at
take-over-save = Take over
take-over-done = Taken over at { $stage }
command-engagement-take-over = Take over while it runs
