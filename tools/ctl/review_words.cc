#include "tools/ctl/review_words.h"

#include <algorithm>
#include <set>
#include <utility>

#include "client/language/dates.h"
#include "storage/model/parts.h"
#include "tools/ctl/field_diff.h"
#include "tools/ctl/times.h"

namespace daftar::ctl {
namespace {

using Json = nlohmann::ordered_json;

Json TextOrNull(const std::string& text) { return text.empty() ? Json() : Json(text); }

// "Amina, 9 Nov 2026 21:01"
std::string WhoWhen(const std::string& name, int64_t at_ms) {
  std::string words = name.empty() ? "somebody" : name;
  if (at_ms != 0) words += ", " + SayTime(at_ms);
  return words;
}

// The parts of a proposal as they stand, and as it wants them.
StatusOr<std::vector<FieldChange>> ChangesOfProposal(const Record& record, const v1::Proposal& proposal,
                                                     const IdNamer& name) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string body, CanonicalBody(record.message()));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Part> parts, SplitParts(body));
  std::vector<Part> before, after;
  for (const v1::ProposedPart& part : proposal.part()) {
    const PartId id{part.field(), part.item()};
    before.push_back({id, std::string(FindPart(parts, id))});
    after.push_back({id, part.value()});
  }
  return DiffOfParts(record.kind(), before, after, name);
}

void TellComment(const Record& record, const v1::Comment& comment, size_t depth, Told& told) {
  const bool whole = comment.field() == 0;
  const std::string part = whole ? "" : PartPath(record.kind(), {comment.field(), comment.item()});
  told.json.push_back({{"comment", comment.key()},
                       {"part", TextOrNull(part)},
                       {"text", comment.text()},
                       {"author", TextOrNull(comment.author())},
                       {"at", TimeJson(comment.at_ms())},
                       {"reply_to", comment.reply_to() == 0 ? Json() : Json(comment.reply_to())},
                       {"done", comment.done()}});
  told.text += std::string(2 * depth, ' ') + "comment " + std::to_string(comment.key()) +
               (part.empty() || comment.reply_to() != 0 ? "" : " on " + part) + (comment.done() ? " (done)" : "") +
               ", " + WhoWhen(comment.author(), comment.at_ms()) + ": " + comment.text() + "\n";
}

}  // namespace

std::string StateWord(v1::ReviewState::Code state) {
  std::string word = StateJson(state);
  std::replace(word.begin(), word.end(), '_', '-');
  return word;
}

std::string StateJson(v1::ReviewState::Code state) {
  if (state == v1::ReviewState::UNSET) state = v1::ReviewState::PROPOSED;
  std::string word = v1::ReviewState::Code_Name(state);
  if (word.empty()) return "state " + std::to_string(static_cast<int>(state));
  for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return word;
}

std::optional<v1::ReviewState::Code> StateOfWord(std::string_view word) {
  for (const auto state : {v1::ReviewState::PROPOSED, v1::ReviewState::IN_REVIEW, v1::ReviewState::ACCEPTED,
                           v1::ReviewState::RETURNED, v1::ReviewState::ON_HOLD}) {
    if (word == StateWord(state) || word == StateJson(state)) return state;
  }
  return std::nullopt;
}

StatusOr<std::vector<FieldProblem>> OverlapProblems(const Record& record, const std::vector<Overlap>& overlaps,
                                                    const IdNamer& name) {
  std::vector<FieldProblem> problems;
  for (const Overlap& overlap : overlaps) {
    DAFTAR_ASSIGN_OR_RETURN(const Json theirs, PartAsJson(record.kind(), overlap.theirs, name));
    DAFTAR_ASSIGN_OR_RETURN(const Json proposed, PartAsJson(record.kind(), overlap.proposed, name));
    const auto words = [](const Json& value) {
      return value.is_null() ? "(nothing)" : value.dump(-1, ' ', false, Json::error_handler_t::replace);
    };
    problems.push_back(
        {PartPath(record.kind(), overlap.part), "was changed at revision " + std::to_string(overlap.revision) +
                                                    ", after it was put forward: it is " + words(theirs) +
                                                    " now, and the proposal wants " + words(proposed)});
  }
  return problems;
}

StatusOr<Told> TellProposal(const Record& record, const v1::Proposal& proposal, const IdNamer& name) {
  const bool open = IsOpen(proposal);
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<FieldChange> changes, ChangesOfProposal(record, proposal, name));
  std::vector<FieldProblem> overlaps;
  if (open) {
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Overlap> found, OverlapsOf(record, proposal));
    DAFTAR_ASSIGN_OR_RETURN(overlaps, OverlapProblems(record, found, name));
  }
  Told told;
  told.json = {{"proposal", proposal.key()},
               {"state", StateJson(proposal.state())},
               {"author", TextOrNull(proposal.author())},
               {"at", TimeJson(proposal.at_ms())},
               {"reason", proposal.reason()},
               {"base_revision", proposal.base_revision()},
               {"reviewer", TextOrNull(proposal.reviewer())},
               {"answer", TextOrNull(proposal.answer())},
               {"changes", ChangesAsJson(changes)},
               {"overlaps", ProblemsJson(overlaps)}};
  told.text = "proposal " + std::to_string(proposal.key()) + " (" + StateWord(proposal.state()) + "), " +
              WhoWhen(proposal.author(), proposal.at_ms()) + ": " + proposal.reason() + "\n" + ChangesAsText(changes);
  if (!proposal.reviewer().empty() || !proposal.answer().empty()) {
    told.text += "  " + (proposal.reviewer().empty() ? "answer" : proposal.reviewer()) +
                 (proposal.answer().empty() ? " decided" : ": " + proposal.answer()) + "\n";
  }
  for (const FieldProblem& overlap : overlaps) told.text += "  ! " + ProblemLine(overlap) + "\n";
  return told;
}

Told TellComments(const Record& record) {
  const auto& comments = CommentsOf(record.message());
  Told told;
  told.json = Json::array();
  std::set<uint64_t> seen;
  // Depth first, without recursion: what comments say may be hostile.
  for (const v1::Comment& first : comments) {
    if (first.reply_to() != 0 && FindComment(record.message(), first.reply_to()) != nullptr) continue;
    std::vector<std::pair<const v1::Comment*, size_t>> todo = {{&first, 0}};
    while (!todo.empty()) {
      const auto [comment, depth] = todo.back();
      todo.pop_back();
      if (!seen.insert(comment->key()).second) continue;
      TellComment(record, *comment, depth, told);
      for (auto answer = comments.rbegin(); answer != comments.rend(); ++answer) {
        if (answer->reply_to() == comment->key()) todo.emplace_back(&*answer, depth + 1);
      }
    }
  }
  return told;
}

StatusOr<uint64_t> ChooseKey(const std::vector<uint64_t>& keys, const std::string& word, std::string_view what) {
  std::vector<uint64_t> meant;
  for (const uint64_t key : keys) {
    const std::string digits = std::to_string(key);
    if (digits == word) return key;
    if (!word.empty() && digits.starts_with(word)) meant.push_back(key);
  }
  if (meant.size() == 1) return meant[0];
  if (meant.empty()) return NotFound("the record has no " + std::string(what) + " " + word);
  return InvalidArgument(word + " is the beginning of several keys; write more of it");
}

std::vector<uint64_t> ProposalKeys(const Record& record) {
  std::vector<uint64_t> keys;
  for (const v1::Proposal& proposal : ProposalsOf(record.message())) keys.push_back(proposal.key());
  return keys;
}

std::vector<uint64_t> CommentKeys(const Record& record) {
  std::vector<uint64_t> keys;
  for (const v1::Comment& comment : CommentsOf(record.message())) keys.push_back(comment.key());
  return keys;
}

}  // namespace daftar::ctl
