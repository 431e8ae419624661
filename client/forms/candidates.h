// Words of a passage that look like a value of an account: what a reader would mark in it. Suggestions only; nothing is
// marked that nobody has looked at.
#pragma once

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

#include "storage/authoring/find_spoken.h"
#include "storage/base/status.h"

namespace daftar {
class ReadView;
}

namespace daftar::forms {

struct Candidate {
  WordRange words;
  std::string field;   // of the attribute (passage.h) that they probably are: "date", "killed"; empty: not known
  std::string record;  // an ID: of the actor or place with this name
};

// Dates; and figures, with what the words near them say that became of so many people. In their order; at most
// kMostSearchedBytes of the passage are read. A pure function; any thread.
std::vector<Candidate> ValuesIn(std::string_view passage);

// Names of actors and places that are known, in any script: the longest first where they overlap, in their order. Costs
// a search for each word that begins as a name does, kMostNames at most. Cancelled when `stop` is set, from any thread.
inline constexpr size_t kMostNames = 300;
StatusOr<std::vector<Candidate>> NamesIn(const ReadView& view, std::string_view passage,
                                         const std::atomic<bool>* stop = nullptr);

// All of these, none over another.
StatusOr<std::vector<Candidate>> CandidatesIn(const ReadView& view, std::string_view passage,
                                              const std::atomic<bool>* stop = nullptr);

}  // namespace daftar::forms
