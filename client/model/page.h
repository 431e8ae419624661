// The page of one record, ready to be drawn or printed: facts with how they were chosen, accounts side by side, the
// disagreements between them, the sources, and what is related.
//
// Times are UTC. Texts are in the reader's language except what comes from the dataset; names follow
// PageOptions::language.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/model/as_of.h"
#include "client/model/duplicates.h"
#include "client/model/own_part.h"
#include "client/model/page_figures.h"
#include "client/model/row.h"
#include "storage/base/status.h"

namespace daftar {

class ReadView;

struct PageOptions {
  std::optional<int32_t> as_of;             // day, since 1970-01-01: status as of then, relations that held then
  std::string language;                     // of names, where there is one; empty: the reader's
  size_t related_limit = 50;                // rows of each section
  size_t history_limit = 50;                // steps of the history
  size_t duplicates_limit = 5;              // suspicions that an actor is another
  std::string reader;                       // under whose name edits are signed here; empty: nobody's
  const std::atomic<bool>* stop = nullptr;  // set from any thread: looking for those ends with Cancelled
};

// A name of the record beside its title.
struct PageName {
  std::string text;
  std::string lang;    // "tg"; empty: not said
  std::string script;  // "Cyrl"; empty: not said
  std::string note;    // "abbreviation, added by an editor"; empty: a plain name that a source gives
};

// One line of the head of a page: an attribute of the accounts, or a field of the record itself.
struct Fact {
  std::string attribute;     // "date", "killed": the word in JSON; empty: a field of the record
  std::string label;         // "Date"
  Cell value;                // of an open disagreement all values: "30 Aug or 4 Sep 2023*"
  std::string how;           // how it was chosen: "the most credible account (S2)"; empty: nothing to choose
  std::string reason;        // an editor's reason for the choice
  std::string disagreement;  // "2 values, open", "2 values, settled by an editor"; empty: none
};

// One account, a column of the table.
struct AccountColumn {
  uint64_t key = 0;
  int number = 0;     // 1, 2 …: as other accounts of the page are named
  std::string label;  // short: "S2"
  PageLink source;
  int citation = 0;         // number in Page::sources
  PageLink said_by;         // empty: the source itself speaks
  Cell lineage;             // "reports on Jamestown article, 31 Oct 2023 → …"; empty: not known
  std::string root;         // where the lineage ends; accounts with equal roots count once
  std::string grade;        // "C2": reliability of the source, credibility of the account
  std::string grade_words;  // "source fairly reliable, account probably true"
  std::string stance;       // "states", "denies"
  std::string modality;     // "asserted", "expected"
  std::string wording;      // the source's words
  std::string wording_lang;
  std::string summary;
  std::string note;
  std::string anomaly;
  std::string marking;  // "TLP:AMBER"; empty: that of the record
  std::optional<uint32_t> confidence;
  std::string added;  // "added by Amina, 20 Nov 2026 19:30, revision 12", "waiting to be sent"; empty: not known here
  std::vector<int> contradicts;  // numbers of accounts that an editor judges to contradict this one
  Marks marks;                   // denied, alleged, expected, pending
};

// One attribute, a row of the table.
struct AttributeRow {
  std::string attribute;    // "date"
  std::string label;        // "Date"
  std::vector<Cell> cells;  // one for each account, in order; empty text: it says nothing
  bool disagrees = false;
  bool open = false;
};

// Accounts that contradict each other.
struct Disagreement {
  std::string attribute, label;
  struct Group {
    std::string value;          // "night of 30 Aug 2023*"
    std::vector<int> accounts;  // numbers
    std::string who;            // "S2 (the most credible)", "S0 and S1 (one root)"
  };
  std::vector<Group> groups;  // the shown one first
  bool open = true;
  std::string settled;  // "settled by an editor: REASON"; empty while open
  std::string words;    // one sentence with all of it
};

// A line of a list of seized things.
struct SeizedRow {
  int account = 0;        // number
  std::string what;       // "sniper rifle"
  std::string what_code;  // "SNIPER_RIFLE"
  std::string model;      // "M-16"; empty: none
  std::string quantity;   // "5", "30 packs", "USD 10,000", "no number given"
  bool no_number = false;
  std::string wording;
  std::string anomaly;
};

// Who took part, over all accounts.
struct RoleRow {
  PageLink actor;
  std::string role;           // "side A", "speaker"
  std::string inter;          // ACLED inter code in words; empty: none
  PageLink office;            // in which it acted; empty: none
  std::string wording;        // as the account names it
  std::vector<int> accounts;  // numbers
  std::string who;            // "S0, S1"
};

// A source as it is cited.
struct Citation {
  int number = 0;
  PageLink source;
  std::string author, title, date, url, type;
  PageLink publisher;
  std::string grade;        // "B"
  std::string grade_words;  // "usually reliable"
  Cell lineage;
  std::string text;  // all of it in one line: "Nicole Wolkov, Caspian Policy Center: Title. 2 Jan 2021. URL [B]"
};

// A list of related records.
struct Section {
  std::string key;    // "relations", "incidents": stable, for tabs
  std::string title;  // "Incidents, newest first"
  std::vector<ListRow> rows;
  bool more = false;  // there are more than the limit
};

// One change of the record.
struct HistoryRow {
  uint64_t revision = 0;  // 0: waits in the outbox
  std::string who, when, why;
  bool created = false;
  std::vector<std::string> changes;  // "account added: S2", "tag removed: border", "notes changed"
};

// What somebody says about the record. Answers stand behind what they answer, one deeper.
struct CommentRow {
  uint64_t key = 0;
  std::string text;
  std::string part;  // what it is about: "Account (S2)"; empty: the record as a whole, or what it answers is
  std::string who, when;
  size_t depth = 0;
  bool done = false;
  bool pending = false;  // waits to be sent
  bool own = false;      // the reader's
};

// A change that is put forward and that nobody has made yet, or that was decided about.
struct ProposalRow {
  uint64_t key = 0;
  std::string state;       // "on hold"
  std::string state_code;  // "ON_HOLD"
  bool open = true;        // it waits for somebody
  std::string who, when, why;
  std::string reviewer, answer;  // of who decided last; empty: nobody yet, nothing said
  struct Change {
    std::string label;          // "Account (S2) (date)"
    std::string before, after;  // in words; empty: nothing
  };
  std::vector<Change> changes;  // what it would make of the record as it is; of a closed one none
  std::string more_words;       // "and 3 more"; empty: these are all
  std::string newer;            // that others have changed the same since: "changed since by others: notes"; empty: not
  bool pending = false;
  bool own = false;  // the reader's
};

// A part of the record that something can be said about.
struct PartChoice {
  uint32_t field = 0;  // with `item`, the part; {0, 0}: the record as a whole
  uint64_t item = 0;
  std::string words;  // "Account (S2)"
};

// An editor's judgement whether this actor is another one, whichever of the two records it stands in.
struct JudgedRow {
  PageLink other;
  std::string id;     // of the other: UUID
  std::string words;  // "the same as Jamaat Ansarullah"
  std::string code;   // "SAME"
  std::string reason;
};

// A code in a public coding scheme.
struct Coding {
  std::string scheme;  // "ACLED", "UCDP", "GTD", "PLOVER"
  std::string words;   // "armed clash"
  std::string code;    // "ARMED_CLASH"
};

struct Point {
  double lat = 0, lon = 0;  // degrees
  double radius_m = 0;      // 0: not given
  std::string precision;    // "within 25 km"; empty: not judged
};

struct Page {
  std::string id;          // UUID
  std::string address;     // daftar:incident/UUID
  std::string display_id;  // "sample:I01"
  std::string kind;        // "incident"
  std::string title;
  std::string subtitle;    // "infiltration, clash · ACLED armed clash · PLOVER assault"
  std::string kind_words;  // "infiltration, clash"
  std::vector<Coding> codings;
  std::vector<PageName> names;  // beside the title

  std::vector<Fact> facts;  // shown attributes first, in page order, then fields of the record
  std::string roots;        // "3 articles, at most 2 roots"; empty: no accounts
  int articles = 0, roots_at_most = 0, roots_at_least = 0;
  std::optional<Point> point;

  bool happened = true;        // false: see `happened_words`
  std::string happened_words;  // "expected, not reported as having happened"
  AsOfStatus status;           // of records with a period, on PageOptions::as_of or, without it, not filled

  std::vector<AccountColumn> accounts;
  std::vector<AttributeRow> rows;
  std::vector<Disagreement> disagreements;
  std::vector<SeizedRow> seized;
  std::vector<RoleRow> roles;
  std::vector<Citation> sources;
  std::vector<Section> sections;
  std::vector<Suspicion> duplicates;  // of an actor: others that it may be
  std::vector<JudgedRow> judged;      // of an actor: others that it was judged to be, or not to be
  std::vector<HistoryRow> history;
  PageFigures figures;

  bool retired = false;
  std::string retirement;  // "retired: REASON"
  PageLink replaced_by;    // empty: none
  bool pending = false;    // some of it waits in the outbox
  bool stub = false;       // the rest of it does not belong to what this replica holds
  std::vector<std::string> tags;
  struct ExternalId {
    std::string text;  // "sample:I01"
    std::string url;
  };
  std::vector<ExternalId> externals;
  std::string notes;
  std::string marking;      // "TLP:AMBER"; empty: the dataset's default
  std::string review;       // "accepted", "proposed"
  std::string review_code;  // "ACCEPTED"
  std::string review_by;    // who set it: "changed by Amina, 20 Nov 2026 19:30, revision 12"; empty: not known here
  std::vector<PartChoice> parts;  // that can be spoken of, the whole first
  std::vector<CommentRow> comments;
  std::vector<ProposalRow> proposals;  // open ones first
  std::optional<OwnPart> own;          // what the reader keeps of it alone; nullopt: nothing is known of that
};

// The page of the record meant by `id` (a UUID, a display id, a unique prefix). NotFound, InvalidArgument as
// ReadView::Resolve; errors of reading. Any thread that may use the view.
StatusOr<Page> BuildPage(const ReadView& view, std::string_view id, const PageOptions& options);

}  // namespace daftar
