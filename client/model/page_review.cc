// What leads to a review, and what editors have judged: see page_parts.h.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "client/language/dates.h"
#include "client/language/lists.h"
#include "client/language/say.h"
#include "client/model/field_changes.h"
#include "client/model/page_parts.h"
#include "storage/model/parts.h"
#include "storage/model/review.h"

namespace daftar {
namespace {

constexpr size_t kMostChanges = 40;  // of one proposal
constexpr size_t kMostJudges = 50;   // other actors that point at this one
constexpr size_t kMostParts = 200;   // that can be spoken of

std::string WhoOr(const std::string& name) { return name.empty() ? Say("history.somebody") : name; }

// Parts of the record as they stand.
class Parts {
 public:
  explicit Parts(const Record& record) {
    const StatusOr<std::string> body = CanonicalBody(record.message());
    if (!body.ok()) return;
    StatusOr<std::vector<Part>> parts = SplitParts(*body);
    if (parts.ok()) parts_ = *std::move(parts);
  }
  v1::PartEdit At(PartId id) const {
    v1::PartEdit part;
    part.set_field(id.first);
    part.set_key(id.second);
    part.set_value(std::string(FindPart(parts_, id)));
    return part;
  }

  const std::vector<Part>& all() const { return parts_; }

 private:
  std::vector<Part> parts_;
};

class Review {
 public:
  explicit Review(PageWork& work) : work_(work), parts_(work.record) {}

  void Fill() {
    FillComments();
    for (const bool open : {true, false}) {
      for (const v1::Proposal& proposal : ProposalsOf(work_.record.message())) {
        if (IsOpen(proposal) == open) work_.page.proposals.push_back(RowOf(proposal));
      }
    }
    work_.page.review_by = AddedWords(work_, kReviewField, 0);
    FillParts();
  }

 private:
  // "Account (S2)"; of what is there no longer, that it is gone.
  std::string PartWordsOf(const v1::Comment& comment) {
    if (comment.field() == 0) return "";
    const v1::PartEdit part = parts_.At({comment.field(), comment.item()});
    if (comment.item() == 0) return FieldWords(work_.record, comment.field());
    if (part.value().empty()) return Say("review.gone", {{"part", FieldWords(work_.record, comment.field())}});
    return PartLabel(work_.record, part, work_.names);
  }

  CommentRow RowOf(const v1::Comment& comment, size_t depth) {
    CommentRow row;
    row.key = comment.key();
    row.text = comment.text();
    if (depth == 0) row.part = PartWordsOf(comment);
    row.who = WhoOr(comment.author());
    row.when = SayTime(comment.at_ms());
    row.depth = depth;
    row.done = comment.done();
    row.pending = IsWaiting(work_, kCommentField, comment.key());
    row.own = IsReader(comment.author());
    return row;
  }

  bool IsReader(const std::string& name) const { return !name.empty() && name == work_.options.reader; }

  void FillParts() {
    work_.page.parts.push_back({0, 0, Say("review.whole")});
    for (const Part& part : parts_.all()) {
      if (IsAboutReview(part.id.first)) continue;
      if (work_.page.parts.size() > kMostParts) return;
      work_.page.parts.push_back(
          {part.id.first, part.id.second, PartLabel(work_.record, parts_.At(part.id), work_.names)});
    }
  }

  // Without recursion, and each once: what comments say of each other may be hostile.
  void FillComments() {
    const auto& comments = CommentsOf(work_.record.message());
    std::map<uint64_t, std::vector<const v1::Comment*>> answers;  // by what they answer
    for (const v1::Comment& comment : comments) {
      const bool answered = comment.reply_to() != 0 && FindComment(work_.record.message(), comment.reply_to());
      answers[answered ? comment.reply_to() : 0].push_back(&comment);
    }
    for (auto& [key, of] : answers) {
      std::stable_sort(of.begin(), of.end(), [](const auto* a, const auto* b) { return a->at_ms() > b->at_ms(); });
    }
    std::vector<std::pair<const v1::Comment*, size_t>> todo;  // the next one last
    for (const v1::Comment* first : answers[0]) todo.emplace_back(first, 0);
    std::set<uint64_t> seen;
    while (!todo.empty()) {
      const auto [comment, depth] = todo.back();
      todo.pop_back();
      if (!seen.insert(comment->key()).second) continue;
      work_.page.comments.push_back(RowOf(*comment, depth));
      const auto of = answers.find(comment->key());
      if (of == answers.end()) continue;
      for (const v1::Comment* answer : of->second) todo.emplace_back(answer, depth + 1);
    }
  }

  ProposalRow RowOf(const v1::Proposal& proposal) {
    ProposalRow row;
    row.key = proposal.key();
    row.state_code = v1::ReviewState::Code_Name(StateOf(proposal));
    row.state = SayCode(row.state_code);
    row.open = IsOpen(proposal);
    row.who = WhoOr(proposal.author());
    row.when = SayTime(proposal.at_ms());
    row.why = proposal.reason();
    row.reviewer = proposal.reviewer();
    row.answer = proposal.answer();
    if (!row.answer.empty()) row.reviewer = WhoOr(row.reviewer);
    row.pending = IsWaiting(work_, kProposalField, proposal.key());
    row.own = IsReader(proposal.author());
    if (row.open) FillChanges(proposal, row);
    return row;
  }

  void FillChanges(const v1::Proposal& proposal, ProposalRow& row) {
    const std::vector<v1::PartEdit> after = EditsOf(proposal);
    std::vector<v1::PartEdit> before;
    for (const v1::PartEdit& edit : after) before.push_back(parts_.At({edit.field(), edit.key()}));
    FieldWordsChanges changes = ChangesOfParts(work_.record, before, after, true, kMostChanges, work_.names);
    for (FieldWordsChange& change : changes.changes)
      row.changes.push_back({std::move(change.label), std::move(change.before), std::move(change.after)});
    if (changes.more > 0) row.more_words = Say("review.more", {{"count", static_cast<int64_t>(changes.more)}});
    std::vector<std::string> labels;
    for (const Overlap& overlap : work_.names.Take(OverlapsOf(work_.record, proposal))) {
      v1::PartEdit part;
      part.set_field(overlap.part.first);
      part.set_key(overlap.part.second);
      part.set_value(overlap.theirs.empty() ? overlap.proposed : overlap.theirs);
      labels.push_back(PartLabel(work_.record, part, work_.names));
    }
    if (!labels.empty()) row.newer = Say("review.newer", {{"parts", SayList(labels, Joint::kComma)}});
  }

  PageWork& work_;
  const Parts parts_;
};

void AddJudged(PageWork& work, const Record* other, std::string_view other_id, const v1::Resemblance& judged) {
  const char* const key = judged.judgement() == v1::Judgement::SAME        ? "judged.same"
                          : judged.judgement() == v1::Judgement::DIFFERENT ? "judged.different"
                                                                           : "judged.unsure";
  if (judged.judgement() == v1::Judgement::NONE) return;
  JudgedRow row;
  const std::optional<Uuid> id = other != nullptr ? std::optional(other->id()) : Uuid::FromBytes(other_id);
  if (id) row.id = id->ToString();
  row.other = other != nullptr ? work.names.LinkTo(*other) : work.names.LinkTo(other_id);
  row.words = Say(key, {{"name", row.other.text}});
  row.code = v1::Judgement::Code_Name(judged.judgement());
  row.reason = judged.reason();
  work.page.judged.push_back(std::move(row));
}

// A judgement stands in one of the two records, and is told on both pages.
void FillJudged(PageWork& work) {
  if (work.record.kind() != v1::RecordKind::ACTOR) return;
  std::set<std::string> told;
  for (const v1::Resemblance& judged : work.record.actor().same_as()) {
    told.insert(judged.other());
    AddJudged(work, nullptr, judged.other(), judged);
  }
  const std::string self = work.record.id().str();
  const ReadView& view = work.names.view();
  for (const Uuid& id : work.names.Take(view.Referrers(work.record.id(), v1::RecordKind::ACTOR, kMostJudges))) {
    const Record* const other = told.contains(id.str()) ? nullptr : work.names.Find(id);
    if (other == nullptr) continue;
    for (const v1::Resemblance& judged : other->actor().same_as()) {
      if (judged.other() == self) AddJudged(work, other, "", judged);
    }
  }
}

}  // namespace

void FillReview(PageWork& work) {
  Review(work).Fill();
  FillJudged(work);
}

}  // namespace daftar
