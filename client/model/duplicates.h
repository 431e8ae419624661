// Actors that may be one and the same: suspicions, each with its reasons. Nothing is merged and nothing is judged.
//
// Another actor is suspected if a name of it is the same as one of this actor or alike in spelling, in any script
// (name_likeness.h); if it is only the same abbreviation, or one name holds the other, they must share more: an actor
// or a place that both have a relation with, or a place where both took part in an incident. "Common to many" names
// (NameKind.WEAK) and population names never count alone.
//
// It is not suspected if something says that they are two: they are of different classes or have different bodies
// above them; one is above the other; a relation joins them; both stand in one account; an editor has judged them.
// Bodies and offices of different countries are two, too. A judgement "unsure" is told as a reason.
//
// Costs two searches of kMostCandidates hits, one read for each, and at most kMostExamined candidates whose relations
// and incidents are looked at. A name of one word that another consonant begins is not found: the search would have to
// look at every name.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>
#include <vector>

#include "client/model/row.h"
#include "storage/base/status.h"

namespace daftar {

class Names;
class ReadView;
class Record;

inline constexpr size_t kMostCandidates = 40;
inline constexpr size_t kMostExamined = 8;

struct Suspicion {
  ListRow row;
  std::vector<std::string> reasons;  // sentences, the weightiest first
};

struct DuplicateOptions {
  size_t limit = 5;
  const std::atomic<bool>* stop = nullptr;  // set from any thread: the work ends with Cancelled
};

// Of an actor; the most alike first. None of a retired one, nor of other kinds.
StatusOr<std::vector<Suspicion>> FindDuplicates(const Record& actor, const DuplicateOptions& options, Names& names);
// The same for one that may not be in the store yet, such as the actor of a form.
StatusOr<std::vector<Suspicion>> FindDuplicates(const ReadView& view, const Record& actor,
                                                const DuplicateOptions& options);

}  // namespace daftar
