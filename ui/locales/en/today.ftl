# Today: what waits for the person who works here.

today-title = Today
today-count = { $count ->
    [0] nothing waits for you
    [one] 1 thing waits for you
   *[other] { $count } things wait for you
}
today-chips = Show
today-all = Everything
today-kind-breach = Broken gate
today-kind-returned-handover = Returned
today-kind-handover-to-accept = To accept
today-kind-mood-check = Mood check
today-kind-renewal = Renewal
today-kind-open-items = Open items
today-kind-waiting-for-answer = Waits for an answer
today-list = What waits for you
today-waiting = I wait for
today-waiting-for = Waits for { $person }
today-somebody = somebody
today-end = That is all for today.
today-empty = Nothing waits for you today.
today-empty-kind = Nothing of this kind waits for you.
today-show-all = Show everything
today-go-board = Look at the board
today-pass = { $count ->
    [one] Go through the mood check
   *[other] Go through all { $count } mood checks
}

today-breach = No longer holds: { $items }
today-breach-bare = A passed gate no longer holds
today-returned = { $person } commented on { $points }
today-returned-bare = { $person } sent it back
today-accept = { $person } offers you the handover
today-mood = { $side }, due { $date }
today-renewal = Contract ends { $date }
today-renewal-over = Contract ended { $date }
today-items = { $items }
today-items-more = { $items } and { $count } more

today-open-checklist = Open the checklist
today-open-points = Correct it
today-open-handover = Read and answer
today-open-renewal = Decide
today-act-for = { $act }: { $name }

command-today-score = Mood { $score }: { $word }
command-today-skip = Skip the mood check
command-today-open = Open
