# Moods: readings, the pass through all due checks, and the panel of an engagement.

mood-score-1 = very bad
mood-score-2 = bad
mood-score-3 = so-so
mood-score-4 = good
mood-score-5 = very good
mood-score-name = { $score }, { $word }
mood-side-client = Client mood
mood-side-team = Team mood
mood-group-for = { $side }: { $client }
mood-note = What was said?
mood-note-hidden = Internal note
mood-note-needed = What was said? A 1 or 2 needs it.
mood-note-missing = Write down what was said, so that somebody can settle it.
mood-save = Save
mood-skip = Skip
mood-skip-for = Skip: { $side }, { $client }
mood-skip-reason = Why is nobody asked this time?
mood-skip-reason-missing = Give a reason: it is shown in the mood’s history.
mood-skip-save = Skip it
mood-cancel = Cancel
mood-saved-toast = { $side } of { $client }: { $score }
mood-skipped-toast = { $side } of { $client }: skipped

days-today = today
days-late = { $count ->
    [one] 1 day late
   *[other] { $count } days late
}
days-ahead = { $count ->
    [one] tomorrow
   *[other] in { $count } days
}

## One pass through all due checks

pass-title = Mood checks
pass-lead = Ask, choose, go on. 1 to 5 choose, Enter saves.
pass-progress = { $at } of { $total }
pass-progress-label = Checks gone through
pass-due = Due { $date }, { $days }
pass-last = Last time
pass-last-none = Nobody has been asked yet
pass-last-reading = { $score }, { $word }, on { $date }
pass-last-skipped = Skipped on { $date }: { $reason }
pass-last-note = What was said
pass-owner = Owner
pass-how = How do they feel?
pass-later = Later
pass-open = Open the engagement
pass-promise = Log a promise of help
pass-promise-wording = What do you promise?
pass-promise-missing = Write down what you promise.
pass-promise-save = Log the promise
pass-now = Now: { $client }, { $side }, { $at } of { $total }
pass-choose-first = Choose 1 to 5 first.
pass-empty = No mood check of yours is due.
pass-done = All checks are gone through.
pass-done-counts = { $saved } written down, { $skipped } skipped, { $later } left for later.
pass-to-today = Back to Today
pass-again = Go through the { $count } that are left

command-pass-score = Mood { $score }: { $word }
command-pass-skip = Skip this check
command-pass-later = Leave this check for later
command-pass-promise = Log a promise of help
command-pass-open = Open the engagement

## The panel of an engagement

moods-before = The kick-off was not held yet. Checks begin { $days } days after it; a reading can be kept before.
moods-chart = How client and team feel over time
moods-chart-summary = Client: { $client }. Team: { $team }. The table below holds every reading.
moods-chart-none = nobody was asked yet
moods-chart-last = { $score } of 5 on { $date }
moods-chart-empty = Nobody has been asked yet. The first reading begins the curve.
moods-legend-client = Client
moods-legend-team = Team
moods-legend-skipped = skipped
moods-point = { $side }, { $date }: { $score }
moods-point-skipped = { $side }, { $date }: skipped
moods-next = Next check { $date }, { $days }
moods-next-none = No check is due
moods-now = Now
moods-now-none = not known
moods-record = How do they feel?
moods-record-save = Save the reading
moods-skip-next = Skip the next check
moods-table = All checks
moods-column-on = Day
moods-column-side = Whose
moods-column-reading = Reading
moods-column-said = What was said
moods-column-by = By
moods-skipped = skipped
moods-show-all = Show all { $count }
moods-rhythm = When to ask
moods-rhythm-own = This engagement has a rhythm of its own.
moods-rhythm-template = As the template says.
moods-rhythm-words = First after { $first } days, then every { $every } days up to day { $until }, then every { $months ->
    [one] month
   *[other] { $months } months
}.
moods-rhythm-change = Change the rhythm
moods-rhythm-first = First check, days after the kick-off
moods-rhythm-every = Then every … days
moods-rhythm-until = Up to day
moods-rhythm-months = Then every … months
moods-rhythm-wrong = Give a whole number of at least 1 in every field.
moods-rhythm-save = Save the rhythm
moods-rhythm-reset = As the template
moods-rhythm-saved = The rhythm of { $name } is changed
