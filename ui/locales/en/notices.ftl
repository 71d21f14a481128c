# What the desktop's notices say.
notice-moods-title =
    { $count ->
        [one] One mood check is due
       *[other] { $count } mood checks are due
    }
notice-moods-body =
    { $clients ->
        [one] { $first }. Ask and write it down: it takes a minute.
        [2] { $first } and { $second }. Ask and write it down: a minute each.
       *[other] { $first }, { $second } and others. Go through them one after the other.
    }

# The icon beside the clock.
tray-open = Open Baton
tray-quit = Quit Baton
