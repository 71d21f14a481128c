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
# What the recovery of a damaged store did.
notice-recovered-intact = The store is whole. Nothing was changed.
notice-recovered-log =
    { $acts_saved ->
        [one] One act was read out of the damaged store itself.
       *[other] { $acts_saved } acts were read out of the damaged store itself.
    }
notice-recovered-log-and-backup =
    { $acts_saved ->
        [one] One act was read out of the damaged store and the copy { $backup }.
       *[other] { $acts_saved } acts were read out of the damaged store and the copy { $backup }.
    }
notice-recovered-backup =
    { $acts_saved ->
        [one] The damaged store gave nothing. One act was read out of the copy { $backup }.
       *[other] The damaged store gave nothing. { $acts_saved } acts were read out of the copy { $backup }.
    }
notice-recovered-mended =
    { $acts_mended ->
        [one] One of them was damaged. Changes in it that were read: { $changes_kept }; that were not: { $changes_lost }. A letter may be wrong in what was read, so look through it. An engagement whose move rested on a lost change stands where its gates still hold: move it on again. A bundle of a colleague that holds this act puts all of it right.
       *[other] { $acts_mended } of them were damaged. Changes in them that were read: { $changes_kept }; that were not: { $changes_lost }. A letter may be wrong in what was read, so look through them. An engagement whose move rested on a lost change stands where its gates still hold: move it on again. A bundle of a colleague that holds these acts puts all of it right.
    }
notice-recovered-nothing-lost = Nothing is lost.
notice-recovered-lost =
    { $acts_lost ->
        [one] One act is lost. Import a bundle of a colleague: it may hold it.
       *[other] { $acts_lost } acts are lost. Import a bundle of a colleague: it may hold them.
    }
notice-recovered-lost-unknown = What was done after the newest of them is lost. Import a bundle of a colleague: it may hold it.
notice-recovered-waiting = Some of what is here waits for what is missing and shows when a bundle brings it.
notice-recovered-kept = The damaged file is kept as { $kept_as }.
