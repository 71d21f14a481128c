//! What can be typed. Owns names, help and examples; leaves out what becomes of it.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Baton without a window. Every answer is one JSON value on standard output.
#[derive(Debug, Parser)]
#[command(
    name = "baton-cli",
    version,
    arg_required_else_help = true,
    after_help = "\
Exit codes: 0 done, 1 error, 2 refused (nothing was written).

Examples:
  baton-cli import deals pipeline.csv --preview
  baton-cli import deals pipeline.csv --currency EUR --date-order dmy
  baton-cli engagements --stage post-sales
  baton-cli --as 'Ann Lee' call move_stage '{\"engagement_id\": \"0193…\", \"to\": \"kick-off\"}'
  baton-cli export bundle friday.btn
  baton-cli export engagements book.xlsx
  baton-cli --store /mnt/usb/store check"
)]
pub struct Arguments {
    /// Directory of the store; it is created if it is not there [default: the platform's data directory]
    #[arg(long, global = true, value_name = "DIR", env = "BATON_STORE")]
    pub store: Option<PathBuf>,

    /// Who acts: a person's name or id. Without it, commands that a gate rests on are refused
    #[arg(long = "as", global = true, value_name = "PERSON")]
    pub person: Option<String>,

    /// The time to act at, ISO 8601; only in a store marked by `rehearsal`
    #[arg(long, global = true, value_name = "ISO")]
    pub now: Option<String>,

    /// What to do.
    #[command(subcommand)]
    pub task: Task,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Bring in a file: won deals, accounts, products, or a colleague's bundle
    Import {
        /// What the file holds.
        #[command(subcommand)]
        what: Import,
    },
    /// Call a command by its name, with its arguments as JSON
    #[command(after_help = "\
Examples:
  baton-cli call session
  baton-cli --as 'Ann Lee' call tick_item '{\"engagement_id\": \"0193…\", \"item_id\": \"scope_meeting_held\", \"value\": \"2026-11-20\"}'
  baton-cli --as 'Ann Lee' call fill_handover - < points.json")]
    Call {
        /// The command's name; `commands` lists them
        name: String,
        /// Its arguments as a JSON object, or `-` to read them from standard input
        #[arg(default_value = "{}")]
        json: String,
    },
    /// List the commands that `call` knows, with the shape of their arguments
    Commands,
    /// List engagements
    Engagements {
        /// Only those in a stage of this kind
        #[arg(long, value_enum, value_name = "KIND")]
        stage: Option<Stage>,
    },
    /// Write what this store knows: a bundle for a colleague, tables for other programs, or everything as JSON
    #[command(after_help = "\
The ending of the file says how a table is written: .csv or .xlsx.

Examples:
  baton-cli export bundle friday.btn
  baton-cli export engagements book.xlsx
  baton-cli export handovers handovers.csv --bom
  baton-cli export json everything.json")]
    Export {
        /// What to write.
        #[command(subcommand)]
        what: Export,
    },
    /// Copy the whole store into one file
    Backup {
        /// The copy; an older copy under this name is replaced
        file: PathBuf,
    },
    /// List the backups of the last days, which `serve` and the window make by themselves
    Backups,
    /// Bring a damaged store back: what its log still gives, and what the backups add; the damaged file is kept
    Recover,
    /// Prove that the store is whole: the log reads, and the tables follow from it
    Check,
    /// Print everything that is known, one JSON value per line, the same for the same operations
    Dump,
    /// Mark an empty store as one for rehearsals, in which `--now` works
    Rehearsal,
    /// Fill an empty store with a sample book
    Sample {
        /// How many engagements
        #[arg(long, value_name = "N")]
        engagements: Option<u32>,
        /// Which of the reproducible books
        #[arg(long, value_name = "S")]
        seed: Option<u64>,
    },
    /// Serve the app to a browser on this machine; prints the address with its token
    Serve(Serve),
}

/// What an imported file holds.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Won deals from a CRM export (CSV, XLSX). Open and lost ones are skipped; repeating it is safe
    #[command(after_help = "\
Exports of HubSpot, Pipedrive, Salesforce, Livespace and Odoo are known by their columns. A mapping file names the
column of each field that is not found by itself, and is remembered for the next file with the same header:
  {\"external_id\": \"Deal #\", \"account\": \"Kunde\", \"stage\": \"Stand\", \"signed_on\": \"Datum\",
   \"value\": \"Summe\", \"source\": \"our crm\", \"won\": [\"Gewonnen\"]}

Examples:
  baton-cli import deals pipeline.csv --preview
  baton-cli import deals pipeline.xlsx --rejected to-correct.csv
  baton-cli import deals pipeline.csv --alias 'GTXPro=GTX Pro' --alias 'Acme-Corp=Acme Corp'
  baton-cli import deals portfolio.csv --take-over
  baton-cli import deals pipeline.csv --mapping ours.json --date-order dmy --currency PLN")]
    Deals {
        /// The file
        file: PathBuf,
        /// A JSON file that names the columns
        #[arg(long, value_name = "FILE")]
        mapping: Option<PathBuf>,
        /// The order of day, month and year, if the dates do not tell
        #[arg(long, value_enum, value_name = "ORDER")]
        date_order: Option<DateOrder>,
        /// The currency of every amount, ISO 4217
        #[arg(long, value_name = "CUR")]
        currency: Option<String>,
        /// How the letters are encoded, as `windows-1250`, if the guess is wrong
        #[arg(long, value_name = "NAME")]
        encoding: Option<String>,
        /// A name in the file and the account or product that it stands for; remembered
        #[arg(long, value_name = "TYPED=KNOWN")]
        alias: Vec<String>,
        /// Put running engagements at the stage that the file says, with owner, kick-off date and contract end
        #[arg(long)]
        take_over: bool,
        /// Write the rejected rows with their reasons here, to correct and import again
        #[arg(long, value_name = "OUT")]
        rejected: Option<PathBuf>,
        /// Say what would be done and write nothing
        #[arg(long)]
        preview: bool,
    },
    /// Client companies (CSV, XLSX)
    Accounts {
        /// The file
        file: PathBuf,
        /// Say what would be done and write nothing
        #[arg(long)]
        preview: bool,
    },
    /// The product catalogue (CSV, XLSX)
    Products {
        /// The file
        file: PathBuf,
        /// The currency of prices that name none, ISO 4217
        #[arg(long, value_name = "CUR")]
        currency: Option<String>,
        /// Say what would be done and write nothing
        #[arg(long)]
        preview: bool,
    },
    /// A colleague's bundle; a torn, altered or foreign one is refused whole
    Bundle {
        /// The bundle
        file: PathBuf,
        /// Say what it holds and write nothing
        #[arg(long)]
        preview: bool,
    },
}

/// What to write.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// Everything that this store knows, as one file
    Bundle {
        /// The bundle; an older one under this name is replaced
        file: PathBuf,
    },
    /// Engagements, a row each
    Engagements(TableFile),
    /// Client companies, a row each
    Accounts(TableFile),
    /// Handovers with every point, a row each
    Handovers(TableFile),
    /// Every entity with all its fields, and every act
    Json {
        /// The file; an older one under this name is replaced
        file: PathBuf,
    },
}

/// Where a table goes.
#[derive(Debug, Args)]
pub struct TableFile {
    /// The file, .csv or .xlsx; an older one under this name is replaced
    pub file: PathBuf,
    /// Begin a CSV file with a byte order mark, as Excel needs it
    #[arg(long)]
    pub bom: bool,
}

/// How to serve.
#[derive(Debug, Args)]
pub struct Serve {
    /// Port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Directory of the built user interface [default: ui/dist beside the program or above it]
    #[arg(long, value_name = "DIR")]
    pub ui: Option<PathBuf>,
}

/// The order of day, month and year.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum DateOrder {
    /// 2026-11-20
    Ymd,
    /// 20.11.2026
    Dmy,
    /// 11/20/2026
    Mdy,
}

impl DateOrder {
    /// The order's name, as the core knows it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ymd => "ymd",
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
        }
    }
}

/// The kind of a stage.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Stage {
    /// Sales and delivery agree on what was sold
    PostSales,
    /// The client knows the team and the plan
    KickOff,
    /// What was sold is delivered
    Execution,
    /// Both sides know what was achieved
    Closure,
    /// The client stays and grows
    Renewal,
}

impl Stage {
    /// The kind's name, as the core knows it.
    pub fn code(self) -> &'static str {
        match self {
            Self::PostSales => "post-sales",
            Self::KickOff => "kick-off",
            Self::Execution => "execution",
            Self::Closure => "closure",
            Self::Renewal => "renewal",
        }
    }
}
