# When the store cannot be opened: why, what to do about it, and the recovery of a damaged one.

start-title = Baton cannot open its data
start-disk-full = The disk is full, so Baton cannot open its data. Make room on the disk, then try again.
start-file-unreadable = { $path } cannot be used ({ $reason }). Check that the folder is there and that you may use it, then try again.
start-store-read-only = Baton may not write into the folder of its data. Change the rights of that folder, then try again.
start-store-newer = This data was written by a newer Baton, and an older one must not touch it. Update Baton, then start it again.
start-store-damaged = { $path } is damaged. Do not work on. Stop Baton where it runs, recover the data there with baton-cli recover, then start Baton again.
start-store-in-use = Another Baton has this data open: { $path }. Use its window; or close it, then try again here.
start-store-not-a-folder = Baton was told to keep its data in { $path }, but that is a file, and a folder is needed. Put a folder in its place, or name another one in BATON_STORE; then try again.
start-store-unreadable = { $path } cannot be read. Check that you may read the file and its folder, then try again.

updating-title = Baton brings your data up to date
updating-text = This happens once after an update of Baton. A copy of your data as it was is kept beside it. If you close Baton now, your data stays as it was, and the next start begins again.
updating-running = Bringing your data up to date

recovery-title = The data of Baton is damaged
recovery-found = A part of { $path } was lost or overwritten, so it does not read as it should. Baton has not changed anything in it.
recovery-found-somewhere = A part of the file in which Baton keeps its data was lost or overwritten, so it does not read as it should. Baton has not changed anything in it.
recovery-reason = What the check said: { $reason }
recovery-notice = A part of it does not read any more. Do not work on: copy what you typed and could not save, then recover what was saved.
recovery-go = Go to the recovery
recovery-steps = What the recovery does
recovery-step-read = It saves everything in the damaged file that can still be read, and takes what is missing from the backups beside it.
recovery-step-keep = It keeps the damaged file, unchanged, in { $folder }, under a new name that begins with baton.damaged.
recovery-step-keep-here = It keeps the damaged file, unchanged, in the same folder, under a new name that begins with baton.damaged.
recovery-step-check = It puts all of that into a new file, checks it, and says how much came back.
recovery-run = Recover my data
recovery-running = Recovering your data
recovery-running-text = This can take some minutes for a large store. Leave the window open.
recovery-failed = Nothing was recovered yet
recovery-whole = Your data is back
recovery-part = What can be read is back
recovery-intact = Your data is whole
recovery-open = Open Baton
