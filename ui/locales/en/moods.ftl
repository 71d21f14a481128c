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
