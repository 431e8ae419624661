// History: what the server's log says.
#include <algorithm>
#include <set>
#include <utility>

#include "tests/sim/edits.h"
#include "tests/sim/history.h"

namespace daftar::sim {
namespace {

constexpr size_t kAll = 1'000'000;

std::vector<std::pair<Uuid, PartId>> PartsOf(const v1::LogEntry& entry) {
  std::vector<std::pair<Uuid, PartId>> parts;
  for (const v1::RecordEdit& record : entry.edit()) {
    for (const v1::PartEdit& part : record.part())
      parts.push_back({*Uuid::FromBytes(record.record()), {part.field(), part.key()}});
  }
  return parts;
}

// The records that the station keeps as drafts, each of them whole.
std::set<Uuid> DraftedRecords(const Workstation& station) {
  std::set<Uuid> records;
  const auto drafts = station.Drafts();
  if (!drafts.ok()) return records;
  for (const v1::Draft& draft : *drafts) {
    for (const v1::RecordEdit& edit : draft.mutation().edit()) {
      if (edit.create()) records.insert(*Uuid::FromBytes(edit.record()));
    }
  }
  return records;
}

}  // namespace

const char* InWords(Invariant invariant) {
  switch (invariant) {
    case Invariant::kNone:
      return "nothing";
    case Invariant::kRuns:
      return "no program gives up";
    case Invariant::kSettles:
      return "everything settles";
    case Invariant::kKept:
      return "what was committed stays";
    case Invariant::kAnswered:
      return "an answer is true";
    case Invariant::kOnce:
      return "an edit is committed once";
    case Invariant::kOrder:
      return "answers and revisions are in order";
    case Invariant::kSeen:
      return "nothing is overwritten unseen";
    case Invariant::kMonotone:
      return "what is shown never goes back";
    case Invariant::kEqual:
      return "a replica is the fold of the log";
    case Invariant::kOwn:
      return "an own edit stays in sight";
    case Invariant::kNotLost:
      return "no edit is lost";
    case Invariant::kSentOnce:
      return "nothing is sent twice";
    case Invariant::kNeverFilledAnew:
      return "a replica is never filled anew";
    case Invariant::kValues:
      return "every value that was entered is somewhere";
  }
  return "?";
}

void History::Follow(const LogStore& log) {
  store_ = &log;
  const StatusOr<v1::Checkpoint> head = log.Head();
  if (!head.ok()) return Violate(Invariant::kRuns, "the server's head cannot be read: " + Message(head.status()));
  if (head->cursor().revision() < model_.head()) {
    return Violate(Invariant::kKept, "the server is back at revision " + std::to_string(head->cursor().revision()) +
                                         " and had committed " + std::to_string(model_.head()));
  }
  if (head->cursor().revision() > model_.head()) Read(log);
  NoteMoot();
  if (clean() && head->digest() != model_.ProofAt(model_.head()))
    Violate(Invariant::kEqual, "the server's digest is not that of the fold of its log");
}

void History::Read(const LogStore& log) {
  const auto entries = log.ReadLog(model_.head(), kAll);
  if (!entries.ok()) return Violate(Invariant::kRuns, "the log cannot be read: " + Message(entries.status()));
  for (const v1::LogEntry& entry : *entries) {
    CheckEntry(entry);
    if (!model_.Fold(entry))
      return Violate(Invariant::kKept, "revision " + std::to_string(entry.info().revision()) +
                                           " does not fit behind revision " + std::to_string(model_.head()));
  }
}

void History::CheckEntry(const v1::LogEntry& entry) {
  const std::string tag = TagIn(entry.info().reason());
  const Revision revision = entry.info().revision();
  if (tag.empty()) return;  // the founding, or the server's own
  if (const auto [at, is_new] = committed_.emplace(tag, revision); !is_new)
    Violate(Invariant::kOnce,
            tag + " stands in the log at revisions " + std::to_string(at->second) + " and " + std::to_string(revision));
  EditState& edit = edits_[tag];
  if (edit.order == 0) edit.order = ++order_;
  for (const PartName& part : PartsOf(entry)) last_change_[part] = std::max(last_change_[part], edit.order);
  const auto base = bases_.find({entry.client(), entry.seq()});
  if (base == bases_.end()) return Violate(Invariant::kSeen, tag + " was committed and never sent");
  // A push that was lost with a server's older state is sent again on no base: it was made on one of them.
  std::string problem;
  for (const Revision each : base->second) {
    problem = ProblemOfBase(entry, each);
    if (problem.empty()) return;
  }
  Violate(Invariant::kSeen, tag + problem);
}

std::string History::ProblemOfBase(const v1::LogEntry& entry, Revision base) const {
  const Revision revision = entry.info().revision();
  const std::string what = " was made on revision " + std::to_string(base);
  if (base >= revision) return what + " and became revision " + std::to_string(revision);
  for (const PartName& part : PartsOf(entry)) {
    const Model::Value* before = model_.Find(part.first, part.second);
    if (before == nullptr || before->setter.client == entry.client() || before->setter.revision <= base) continue;
    return what + " and overwrites what revision " + std::to_string(before->setter.revision) + " set";
  }
  return "";
}

void History::NoteMoot() {
  for (const auto& [tag, revision] : std::exchange(lost_, {})) {
    EditState& edit = edits_[tag];
    const bool there = std::all_of(edit.parts.begin(), edit.parts.end(),
                                   [this](const auto& part) { return IsThere(part.first, part.second); });
    edit.moot = edit.moot || (there && !committed_.contains(tag));
  }
}

void History::NoteUnheld() {
  std::vector<Model::Slice> slices;
  for (const ClientState& client : clients_) {
    const bool shows_this = client.history == history_;
    slices.push_back(model_.SliceAt(shows_this ? client.shown : 0, client.held));
  }
  for (const auto& [tag, revision] : committed_) {
    EditState& edit = edits_[tag];
    const ClientState& author = clients_[static_cast<size_t>(edit.client)];
    if (author.history != history_ || author.shown < revision) continue;  // it waits there
    const Model::Slice& slice = slices[static_cast<size_t>(edit.client)];
    const bool unheld = std::none_of(edit.parts.begin(), edit.parts.end(), [&](const auto& part) {
      const auto record = slice.find(part.first.first);
      if (record == slice.end() || author.damaged.contains(part.first.first)) return false;
      return !record->second.stub || IsInStub(part.first.second);
    });
    edit.moot = edit.moot || unheld;
  }
}

void History::BeginsAnew() {
  NoteUnheld();
  ++history_;
  answered_ = 0;
  answers_.clear();
  lost_.swap(committed_);
  committed_.clear();
  model_ = Model();
  for (ClientState& client : clients_) client.taken.reset();
}

void History::Ends(const LogStore& log, const std::vector<Workstation*>& stations) {
  Follow(log);
  for (const auto& [name, answer] : answers_) {
    const auto stored = log.Resolve(name.first, name.second);
    if (!stored.ok() || !*stored || (*stored)->SerializeAsString() != answer.SerializeAsString())
      Violate(Invariant::kKept, "the server has forgotten an answer that it gave");
  }
  std::vector<std::set<std::string>> kept;
  std::set<std::string> kept_by_anybody;
  std::set<Uuid> drafted;
  for (const ClientState& client : clients_) {
    if (client.held != client.wanted) Violate(Invariant::kSettles, "a client does not hold the slice that it wants");
  }
  for (const Workstation* station : stations) {
    drafted.merge(DraftedRecords(*station));
    kept.push_back(Kept(*station));
    kept_by_anybody.insert(kept.back().begin(), kept.back().end());
  }
  const bool restored = history_ > 1;
  for (const auto& [tag, edit] : edits_) {
    if (committed_.contains(tag)) continue;
    // A record that was lost comes back as one edit, with all that was in it.
    const bool in_whole = std::all_of(edit.parts.begin(), edit.parts.end(),
                                      [&](const auto& part) { return drafted.contains(part.first.first); });
    const bool salvaged = restored && (in_whole || kept_by_anybody.contains(tag));
    counts_.salvaged += salvaged;
    if (edit.unchanged || edit.decided || kept[static_cast<size_t>(edit.client)].contains(tag)) continue;
    // The server has what it wanted, or what was wanted later.
    const bool stands = std::all_of(edit.parts.begin(), edit.parts.end(), [&, &wanted = edit](const auto& part) {
      return IsThere(part.first, part.second) || IsSuperseded(wanted, part.first);
    });
    if (!salvaged && !edit.moot && !(restored && stands))
      Violate(Invariant::kNotLost, tag + " of client " + std::to_string(edit.client) + " is nowhere");
  }
}

}  // namespace daftar::sim
