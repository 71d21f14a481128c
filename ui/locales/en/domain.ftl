# Words of the domain. Keys are made from the core's ids, with hyphens for underscores.

## Stages
stage-post-sales = Post-sales
stage-kick-off = Kick-off
stage-execution = Execution
stage-closure = Closure
stage-renewal = Renewal
stage-post-sales-goal = Sales and delivery agree on what was sold.
stage-kick-off-goal = The client knows the team and the plan.
stage-execution-goal = What was sold is delivered, early where possible.
stage-closure-goal = Both sides know what was achieved.
stage-renewal-goal = The client stays and grows.

template-service-delivery = Service delivery

## Steps
step-brief-received = Brief received
step-brief-verified = Brief verified
step-scope-meeting = Scope meeting
step-handover = Handover
step-prepare = Prepare to start
step-kick-off = Kick-off held
step-scope-reconfirmed = Scope re-confirmed
step-set-up = Set-up
step-introduction = Team introduced
step-plan = Plan
step-delivery = Delivery
step-control = Control
step-acceptance = Acceptance
step-results = Results
step-summary = Summary meeting
step-retrospective = Retrospective
step-money = Money
step-farewell = Farewell
step-next-quarter = Contact next quarter
step-satisfaction = Satisfaction
step-upsell = Upsell
step-decision = Decision

## Items: what must be true
item-brief = Brief filled in
item-order-description = Order described in enough detail to deliver from
item-brief-verified = Brief verified by a second person
item-scope-meeting-held = Scope meeting held on
item-scope-confirmed = Scope confirmed or redefined
item-handover-submitted = Handover submitted to the receiver
item-handover-accepted = Handover accepted by the receiver
item-handover-held = Date of the handover meeting recorded
item-handover-people = People at the handover meeting recorded
item-handover-minutes = Recording link or minutes kept
item-prepared-to-start = Team prepared to start
item-kick-off-held = Kick-off held on
item-scope-reconfirmed = Scope re-confirmed by the client
item-accesses-received = Accesses received
item-channels-agreed = Channels agreed
item-reporting-agreed = Form and rhythm of reporting agreed
item-team-introduced = Client told by name who is responsible (date and channel)
item-milestones-dated = Milestones have dates
item-milestones-done = Milestones done
item-hours-reviewed = Hours reviewed
item-budget-reviewed = Budget reviewed
item-client-sign-off = Client signed off on
item-metrics-recorded = Metrics recorded
item-targets-met = Targets met
item-summary-meeting-held = Summary meeting with the client held on
item-retrospective-held = Retrospective held on
item-final-invoice-sent = Final invoice sent
item-documents-delivered = Documents delivered
item-csat-asked = Client satisfaction asked on
item-reference-asked = Reference or referral asked for
item-account-handover-accepted = Account manager accepted the handover
item-contact-next-quarter = Client is on “contact next quarter”
item-satisfaction-checked = Satisfaction checked (1 to 5)
item-upsell-reviewed = Upsell reviewed
item-renewal-decision = Renewal decision
item-churn-reason = Reason for leaving

choice-confirmed = Confirmed
choice-redefined = Redefined
choice-renewed = Renewed
choice-expanded = Expanded
choice-reduced = Reduced
choice-churned = Churned

## Points of the handover form
point-decision-maker = Decision maker
point-daily-contact = Daily contact
point-business-need = Business need
point-expected-result = Expected result
point-scope = Scope
point-out-of-scope = Out of scope
point-schedule = Schedule
point-commercial-terms = Commercial terms
point-promises = Promises
point-concerns = Concerns and risks
point-order-description = Order description
point-technical-data = Technical data
point-purchase-history = Purchase history
point-competing-offers = Competing offers
point-links = Links and attachments

part-name = Name
part-role = Role
part-email = E-mail
part-phone = Phone
part-email-or-phone = E-mail or phone
part-language = Language
part-start-on = Starts on
part-end-on = Ends on
part-note = Note
part-value-minor = Value
part-value = Value
part-currency = Currency
part-discount = Discount
part-intro-price = Introductory price
part-intro-until-on = Introductory price ends on
part-later-price = Price after that
part-package = Custom package
part-billing = Billing

## People
role-sales = Sales
role-project-manager = Project manager
role-account-manager = Account manager
role-support = Support
role-back-office = Back office
role-lead = Lead

## Where things stand
stage-state-passed = Passed
stage-state-current = Current
stage-state-ahead = Ahead

verdict-feasible = Feasible
verdict-feasible-with-changes = Feasible with changes
verdict-not-feasible = Not feasible

## What closes a gate besides open items
block-handover-returned = The handover came back with comments on { $points }. Correct them and submit again.
block-promise-not-feasible = Promise not feasible: “{ $wording }”. Renegotiate it with the client or withdraw it.
block-gate-breached = An earlier gate no longer holds: { $stage } ({ $items }). Fill what was taken back.

## Fields and things that errors name
field-name = Name
field-account = Client
field-value-minor = Value
field-value = Value
field-currency = Currency
field-signed-on = Signed on
field-held-on = Meeting date
field-people = People
field-minutes = Minutes or recording
field-rating = Rating
field-wording = Wording
field-due-on = Due
field-promised-on = Promised on
field-roles = Roles
field-date-order = Date order
field-mapping = Columns
field-from = First row
field-count = Number of rows
field-to = Stage
field-kind = Kind
field-sort = Order
field-reason = Reason
field-receiver-id = Receiver
what-engagement = engagement
what-person = person
what-promise = promise
what-item = item
what-point = point
what-stage = stage
what-operation = entry
what-act = act
what-template = template
field-score = The mood
field-on = The day
field-rhythm = The rhythm
field-contract-end-on = Contract end
field-weekend = The weekend
field-holidays = A holiday
field-absences = An absence
field-quiet-from = Start of the quiet hours
field-quiet-to = End of the quiet hours
