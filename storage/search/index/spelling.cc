#include "storage/search/index/spelling.h"

#include <algorithm>
#include <map>

#include "storage/search/analysis/typo.h"
#include "storage/search/index/index_doc.h"

namespace daftar::search {
namespace {

// So many words are taken for one, the nearest and most used first.
constexpr size_t kMostInstead = 12;
constexpr uint64_t kTermsBetweenChecks = 4096;

struct Near {
  int distance = 0;
  uint64_t docs = 0;
};

Status WalkSegment(const Segment& segment, const std::string& word, int edits, const std::function<bool()>& go_on,
                   std::map<std::string, Near>& near) {
  TypoMatcher matcher(word, edits);
  DictionaryCursor terms = segment.Terms();
  DAFTAR_RETURN_IF_ERROR(terms.Seek(std::string(1, term_class::kWord)));
  size_t shared = 0;
  for (uint64_t steps = 1; terms.valid() && terms.term()[0] == term_class::kWord; ++steps) {
    if (steps % kTermsBetweenChecks == 0 && go_on != nullptr && !go_on()) return Cancelled("the search was stopped");
    const TypoMatcher::Step step = matcher.Try(terms.term().substr(1), shared);
    if (step.distance) {
      Near& found = near[std::string(terms.term().substr(1))];
      found.distance = *step.distance;
      found.docs += terms.ref().docs;
    }
    if (step.dead_bytes > 0) {
      DAFTAR_RETURN_IF_ERROR(terms.Skip(step.dead_bytes + 1));
    } else {
      DAFTAR_RETURN_IF_ERROR(terms.Next());
    }
    shared = terms.shared() > 0 ? terms.shared() - 1 : 0;
  }
  return OkStatus();
}

}  // namespace

StatusOr<std::vector<Respelling>> Respell(std::span<const Segment* const> segments, const std::vector<WordUse>& words,
                                          Mend mend, const std::function<bool()>& go_on) {
  std::vector<Respelling> respellings;
  for (const WordUse& use : words) {
    const int edits = EditsFor(use.folded);
    const bool mended = std::any_of(respellings.begin(), respellings.end(),
                                    [&use](const Respelling& there) { return there.word == use.folded; });
    if ((mend == Mend::kMissing && use.docs > 0) || !use.wanted || !use.forgiving || edits == 0 || mended) continue;
    std::map<std::string, Near> near;
    for (const Segment* segment : segments) {
      DAFTAR_RETURN_IF_ERROR(WalkSegment(*segment, use.folded, edits, go_on, near));
    }
    near.erase(use.folded);
    std::vector<std::pair<std::string, Near>> best(near.begin(), near.end());
    std::sort(best.begin(), best.end(), [](const auto& a, const auto& b) {
      return a.second.distance != b.second.distance ? a.second.distance < b.second.distance
                                                    : a.second.docs > b.second.docs;
    });
    if (best.size() > kMostInstead) best.resize(kMostInstead);
    // One edit away is meant; two edits away only if there is nothing nearer.
    while (!best.empty() && best.back().second.distance > best.front().second.distance) best.pop_back();
    Respelling respelling{use.folded, {}};
    for (auto& [word, found] : best) respelling.instead.push_back(word);
    if (!respelling.instead.empty()) respellings.push_back(std::move(respelling));
  }
  return respellings;
}

}  // namespace daftar::search
