// Comments and proposals as people and programs read them.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/authoring/authoring.h"
#include "storage/model/review.h"
#include "storage/view/read_view.h"
#include "tools/ctl/reply.h"

namespace daftar::ctl {

// "in-review": the word of a state on the command line; in JSON with an underscore.
std::string StateWord(v1::ReviewState::Code state);
std::string StateJson(v1::ReviewState::Code state);
// In either form; nullopt for another word.
std::optional<v1::ReviewState::Code> StateOfWord(std::string_view word);

// Something told, in words and as JSON.
struct Told {
  std::string text;
  nlohmann::ordered_json json;
};

// A proposal: whose it is, why, what it would change field by field, and what was changed since by others.
StatusOr<Told> TellProposal(const Record& record, const v1::Proposal& proposal, const IdNamer& name);
// What is in the way of a proposal, as problems with their paths.
StatusOr<std::vector<FieldProblem>> OverlapProblems(const Record& record, const std::vector<Overlap>& overlaps,
                                                    const IdNamer& name);
// All comments of a record: answers below what they answer.
Told TellComments(const Record& record);

// The key that a word means: all of it, or the beginning of one of them alone. NotFound, InvalidArgument.
StatusOr<uint64_t> ChooseKey(const std::vector<uint64_t>& keys, const std::string& word, std::string_view what);
std::vector<uint64_t> ProposalKeys(const Record& record);
std::vector<uint64_t> CommentKeys(const Record& record);

}  // namespace daftar::ctl
