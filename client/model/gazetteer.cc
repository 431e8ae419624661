#include "client/model/gazetteer.h"

#include <algorithm>

#include "client/map/ground.h"
#include "storage/search/analysis/fold.h"

namespace daftar {
namespace {

constexpr size_t kLeastBytes = 2, kLeastSkeleton = 2;

// The names of a town, ready to be compared: folded, and what their spellings in all scripts have in common.
struct Compared {
  std::vector<std::string> folded, skeletons;
};

std::string Folded(std::string_view text) {
  std::string joined;
  for (const std::string& word : search::FoldedWords(text)) joined += (joined.empty() ? "" : " ") + word;
  return joined;
}

// Made once: the map does not change.
const std::vector<Compared>& ComparedTowns(const Ground& ground) {
  static const auto* const kCompared = new std::vector<Compared>([&ground] {
    std::vector<Compared> all;
    for (const Ground::City& city : ground.cities()) {
      Compared compared;
      for (const std::string& name : city.names.texts) {
        if (name.empty()) continue;
        compared.folded.push_back(Folded(name));
        compared.skeletons.push_back(search::Skeleton(compared.folded.back()));
      }
      all.push_back(std::move(compared));
    }
    return all;
  }());
  return *kCompared;
}

std::string Around(const Ground& ground, WorldPoint at, std::string_view language) {
  const std::optional<uint32_t> area = ground.AreaAt(at);
  if (!area) return "";
  const Ground::Area& around = ground.areas()[*area];
  if (!around.names.texts[0].empty()) return around.names.In(language);
  return around.country == 0 ? "" : ground.countries()[around.country - 1].name;
}

bool Begins(const std::vector<std::string>& names, const std::string& typed) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return name.starts_with(typed); });
}

}  // namespace

std::vector<Town> FindTowns(std::string_view typed, std::string_view language, size_t limit) {
  std::vector<Town> found;
  const std::string folded = Folded(typed);
  if (folded.size() < kLeastBytes) return found;
  const std::string skeleton = search::Skeleton(folded);
  // A skeleton of one letter, or none, says nothing.
  const bool tells = skeleton.size() >= kLeastSkeleton;
  const std::shared_ptr<const Ground> ground = Ground::BuiltIn();
  const std::vector<Compared>& compared = ComparedTowns(*ground);
  // As it is spelt comes before what is merely alike; the map has the largest first.
  for (const bool alike : {false, true}) {
    for (size_t i = 0; i < compared.size() && found.size() < limit; ++i) {
      const bool spelt = Begins(compared[i].folded, folded);
      const bool same = tells && std::find(compared[i].skeletons.begin(), compared[i].skeletons.end(), skeleton) !=
                                     compared[i].skeletons.end();
      if (alike ? spelt || !same : !spelt) continue;
      const Ground::City& city = ground->cities()[i];
      found.push_back({city.names.In(language), Around(*ground, city.at, language), city.people, Unproject(city.at)});
    }
  }
  return found;
}

}  // namespace daftar
