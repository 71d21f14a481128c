# Exchanging changes with colleagues' laptops.

exchange-title = Exchange
exchange-lead = Baton works without a network. A bundle is one file with all changes known here; send it to a colleague any way you like.
exchange-export-title = Give your changes to a colleague
exchange-export-text = The file is safe to make as often as you like: whoever takes it in twice gets nothing twice.
exchange-export-button = Make a bundle
exchange-export-busy = Making the bundle
exchange-exported = { $count ->
    [one] Saved { $file } with 1 change
   *[other] Saved { $file } with { $count } changes
}
exchange-export-cancelled = Nothing was saved
exchange-import-title = Take in a colleague's changes
exchange-import-text = Choose a bundle that a colleague sent you. You see what is in it before anything is written.
exchange-import-file = Bundle file
exchange-import-file-help = A file that ends in .btn
exchange-reading = Reading { $file }
exchange-preview-title = What { $file } brings
exchange-preview-new = { $count ->
    [0] Nothing new: everything in it is here already.
    [one] 1 new change
   *[other] { $count } new changes
}
exchange-preview-all = { $count ->
    [one] 1 change in the file
   *[other] { $count } changes in the file
}
exchange-preview-devices = { $count ->
    [one] from 1 laptop
   *[other] from { $count } laptops
}
exchange-preview-at = made { $when }
exchange-conflicts = { $count ->
    [0] No field was changed on both sides.
    [one] 1 field was changed on both sides. Both values are kept; the history shows them.
   *[other] { $count } fields were changed on both sides. Both values are kept; the history shows them.
}
exchange-acts = What was done
exchange-act-line = { $person }, { $when }
exchange-act-size = { $count ->
    [one] 1 change
   *[other] { $count } changes
}
exchange-import-button = Take them in
exchange-import-nothing = Close
exchange-import-cancel = Do not take them in
exchange-imported = { $count ->
    [0] Nothing new was in it
    [one] 1 change taken in
   *[other] { $count } changes taken in
}
exchange-refused = This file was not taken in
exchange-refused-unchanged = Nothing was written.
exchange-unreadable = The file could not be read. Choose it again.

command-exchange-export = Make a bundle for a colleague

exchange-files-title = Files for other programs
exchange-files-text = A table opens in a spreadsheet. Everything as JSON is the whole book, for your own tools.
exchange-file-engagements = Engagements
exchange-file-accounts = Clients
exchange-file-handovers = Handovers
exchange-file-everything = Everything
exchange-file-as = { $kind } as { $format }
exchange-file-saved = { $count ->
    [one] Saved { $file } with 1 row
   *[other] Saved { $file } with { $count } rows
}
exchange-backups-title = Backups
exchange-backups-text = Baton makes one by itself every day that it is used, brings it up to date every hour, and keeps the last seven. They stand in { $folder }.
exchange-backups-none = None yet. The first one is made by itself.
exchange-backups-failed = The last backup could not be made
