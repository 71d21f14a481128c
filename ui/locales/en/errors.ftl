# One sentence per code of the core. Each says what to do next.

## Refusals
error-gate-closed =
    { $open_count ->
        [0] This gate is blocked. Settle what blocks it, or move anyway with a reason.
        [one] One item is still open before { $to }. Fill it, or move anyway with a reason.
       *[other] { $open_count } items are still open before { $to }. Fill them, or move anyway with a reason.
    }
error-who-are-you = Choose who you are first, at the foot of the sidebar, so that the history can say who did it.
error-person-unknown = Nobody is called { $person } here. Add them on the People page, or choose someone of the list.
error-person-ambiguous = Several people are called { $person } here. Give the id of the one you mean instead of the name; baton-cli call people lists everybody with their ids.
error-not-your-role = { $person } cannot do this: it needs { $needed }. Ask someone with that role, or change the roles on the People page.
error-already-there = The engagement is already in { $stage }. There is nothing to do.
error-not-next-stage = From { $from } the next stage is { $next }. Move it there first.
error-handover-incomplete = Still missing in the handover: { $missing_points }. Fill them in, then submit again.
error-handover-not-submitted = The handover has not been submitted yet. Submit it to a receiver first.
error-handover-already-submitted = The handover is already with its receiver. Withdraw it if you need to change it.
error-handover-already-accepted = The handover was already accepted. Reopen it with a reason if something must change.
error-handover-not-accepted = The handover has not been accepted yet, so there is nothing to reopen.
error-no-handover-here = { $stage } has no handover. Open the stage that has one.
error-not-the-receiver = The handover was offered to { $receiver }. Ask them to answer it, or have it offered to you.
error-not-verified = The brief is not verified. Ask a second person to read and verify it.
error-not-verified-missing = The brief has not been verified yet. Ask a second person to read and verify it.
error-not-verified-lapsed = The brief changed after it was verified. Ask a second person to verify it again.
error-verify-own = { $person } wrote or edited this brief, so someone else has to verify it. Ask a colleague.
error-comments-missing = Write a comment on at least one point, so that sales knows what to correct.
error-reason-missing = Type a reason: it is kept in the history.
error-receiver-cannot-receive = { $person } cannot receive this handover: it needs { $needed }. Choose another person, or change the roles on the People page.
error-nothing-to-undo = There is nothing left to undo here.
error-cannot-undo = This cannot be undone any more. Look at the history and change it back by hand.
error-cannot-undo-another-person = Another person did this, so only they can undo it. Ask them.
error-cannot-undo-decided-since = A colleague has decided on this since, so it cannot be undone. Talk to them.
error-cannot-undo-everything-changed-since = Everything in it was changed again since. Look at the history to bring back single values.
error-cannot-undo-already-undone = This was undone already. There is nothing to do.
error-cannot-undo-imported-again = Rows of this import are in the book again, so redoing it would double them. Import the file once more instead: only what is missing is added.
error-cannot-undo-foundation = This set the workspace up, so it cannot be undone. Change what is wrong by hand instead.
error-item-not-ticked-by-hand = “{ $item_id }” fills itself. Open the handover to complete it.
error-item-not-ticked-by-hand-handover = “{ $item_id }” is filled in the handover form. Open the handover and fill it there.
error-item-not-ticked-by-hand-verification = “{ $item_id }” is done by verifying the brief. Open the handover and verify it.
error-item-not-ticked-by-hand-submission = “{ $item_id }” is done by submitting the handover. Open the handover and submit it.
error-item-not-ticked-by-hand-decision = “{ $item_id }” is made in its own form. Open the checklist and decide there.
error-item-not-ticked-by-hand-acceptance = “{ $item_id }” is done by accepting the handover. Open the handover and accept it.
error-value-invalid = { $field } cannot be read. It should be { $expected }.
error-value-invalid-date = { $field } is not a date. Type it as 2026-12-03, 3 dec or +2w.
error-value-invalid-currency = { $field } is not a currency. Choose one of the list.
error-value-invalid-choice = { $field } is not one of the choices. Choose one of the list.
error-value-invalid-score = { $field } needs a number from 1 to 5.
error-value-invalid-text = { $field } needs some text.
error-value-invalid-past-date = { $field } lies ahead. Choose today or a day before.
error-value-invalid-rhythm = { $field } has to go forward. Give days and months of at least 1.
error-value-invalid-time = { $field } is not a time. Type it as 18:00.
error-value-invalid-weekend = { $field } can have at most six days. Leave one day to work on.
error-value-invalid-amount = { $field } is not an amount. Type digits, such as 12500 or 12500.50.
error-value-invalid-smaller-amount = { $field } is larger than Baton counts. Type at most 10000000000000.00.
error-value-invalid-item = There is no such item in this engagement’s checklist. Open the checklist again.
error-value-invalid-point = There is no such point in this handover. Open the handover again.
error-value-invalid-known-part = { $field } has a part that the form does not know. Open the handover again.
error-value-invalid-tick = { $field } is either done or not done.
error-name-missing = Type a name first.
error-no-override-needed = The gate is open. Just move the engagement.
error-store-not-empty = The sample book only goes into an empty store. Start Baton with a new store to see it.
error-not-a-rehearsal = The clock can only be set in a store for rehearsals. Mark the store as one first.
error-already-under-way = Its stage or owner was already decided here, so it cannot be taken over any more. Move it stage by stage.
error-note-missing = A 1 or 2 needs a note: write down what was said, so that somebody can settle it.
error-no-check-due = No mood check is due here: the kick-off was not held yet, or the engagement has ended.
error-already-ended = This engagement has ended already. Open the one that follows it, or undo the decision in the history.
error-not-in-renewal = A renewal is decided in the stage Renewal, and this engagement is in { $stage }. Move it there first.
error-engagement-deleted = This engagement was deleted. Restore it from its history first.

## Errors
error-unknown-command = This window asks for something that this version cannot do ({ $name }). Restart Baton.
error-usage = That request could not be read ({ $reason }). Restart Baton and try again.
error-not-found = This { $what } is not here (any more). Go back to the list and open it again.
error-invalid = { $field } cannot be used: { $reason }. Correct it and try again.
error-date-order-ambiguous = The dates in this file can be read in more than one way. Say which order they are in.
error-file-unreadable = The file cannot be read. Check that it still exists and that you may open it, then choose it again.
error-file-unreadable-missing = There is no { $path }. Check the name and the folder, then choose it again.
error-file-unreadable-directory = { $path } is a folder where a file is needed. Name a file.
error-file-unreadable-not-allowed = You may not use { $path }. Change its rights, or choose another place.
error-file-too-large = The file is larger than 256 MB, or unpacks to more. Split it and import the parts.
error-not-a-table = This file is not a table with a header row. Save it as CSV (UTF-8) or Excel (XLSX) and choose it again.
error-not-a-table-workbook = This workbook cannot be read: it is locked, damaged or of an older kind. Save it as Excel (XLSX) without a password, or as CSV, and choose it again.
error-not-a-table-encoding = Nothing tells how the letters in this file are encoded. Save it as CSV (UTF-8), or say its encoding, and choose it again.
error-columns-missing = These columns are missing: { $missing }. The file has: { $found }. Rename them in the file and choose it again.
error-torn = The bundle is not complete. Copy or export it again, then import it.
error-altered = The bundle was changed after it was written. Ask your colleague for a fresh export.
error-not-ours = The bundle belongs to another workspace. Ask for a bundle of this workspace.
error-newer-version = The bundle needs Baton { $needs } or newer. Update Baton, then import it again.
error-too-large = The bundle is too large. Ask for a smaller export.
error-malformed = The bundle cannot be read. Ask your colleague to export it again.
error-fork = One laptop’s history runs in two ways in this bundle, as after a restored backup. Nothing was imported; ask that colleague to export again from the laptop they use now.
error-not-a-bundle = This file is not a Baton bundle. Choose a file that a colleague exported.
error-store-newer = This store was written by a newer Baton. Update Baton to open it.
error-store-busy = Another program is writing to the store. Try again in a moment.
error-store-damaged = The store is damaged: { $path }. Do not work on. Recover it: Baton saves what still reads, fills the rest from the backups and keeps the damaged file. On the command line: baton-cli recover.
error-nothing-to-recover = Neither the store nor the backups in { $path } give anything back. Nothing was changed; copy the folder, then start with a new store and import a colleague’s bundle.
error-store-in-use = Another Baton has this store open: { $path }. Use its window, or close it and start again.
error-store-not-a-folder = { $path } is a file, and a store is a folder. Name the folder that it is in, or a new one.
error-store-unreadable = The store cannot be opened: { $path }. Check that you may read it and its folder, then start again.
error-disk-full = The disk is full, so nothing was saved. Make room, then do it again.
error-disk-failed = The disk did not do what it was asked ({ $reason }), so nothing was saved. Copy your store to another disk, then try again there.
error-store-read-only = The store cannot be written to. Check that you may change its folder, then do it again.
error-cancelled = This was stopped before it was done. Nothing was saved; start it again when you want to.
error-internal = Something went wrong inside Baton. Nothing was saved; try again, and restart Baton if it happens again.
error-unreachable = Baton does not answer. Check that it is still running, then load this page again.
error-unknown = Baton refused this ({ $code }). Nothing was saved; try again.
