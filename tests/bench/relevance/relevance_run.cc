// Whether searches find what they should: Daftar beside SQLite FTS5 with two tokenizers.
//
//   relevance_run FOLDER SAMPLE [INCIDENTS] [SEED] [--missed]   FOLDER: new, for a replica; SAMPLE: tools/sample
#include <cstdio>
#include <iostream>
#include <map>

#include "tests/bench/relevance/finder.h"

namespace daftar::bench {
namespace {

constexpr size_t kInGroup = 25;
constexpr double kGoalInTen = 0.98, kGoalFirst = 0.9;

void TellRow(const std::string& group, const std::vector<Found>& row) {
  std::printf("%-20s %5zu", group.c_str(), row[0].asked);
  for (const Found& found : row) std::printf("   %.3f  %.3f", found.in_ten_share(), found.first_share());
  std::printf("\n");
}

StatusOr<bool> Run(const std::string& folder, const std::string& sample, uint64_t incidents, uint64_t seed,
                   bool tell_missed) {
  const gen::Generator generator({.seed = seed, .incidents = incidents});
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Record> records, SampleAndGenerated(sample, generator));
  std::vector<std::unique_ptr<Finder>> finders(3);
  DAFTAR_ASSIGN_OR_RETURN(finders[0], MakeDaftarFinder(folder, records));
  DAFTAR_ASSIGN_OR_RETURN(finders[1], MakeFtsFinder("FTS5 unicode61", "unicode61 remove_diacritics 2", records));
  DAFTAR_ASSIGN_OR_RETURN(finders[2], MakeFtsFinder("FTS5 trigram", "trigram", records));

  std::vector<Case> cases = SampleCases();
  for (Case& own : GeneratedCases(generator, seed, kInGroup)) cases.push_back(std::move(own));
  std::map<std::string, std::vector<Found>> groups;
  std::vector<Found> all(finders.size());
  for (const Case& asked : cases) {
    std::vector<Found>& row = groups.try_emplace(asked.group, finders.size()).first->second;
    for (size_t i = 0; i < finders.size(); ++i) {
      DAFTAR_RETURN_IF_ERROR(AskOne(*finders[i], asked, row[i]));
      DAFTAR_RETURN_IF_ERROR(AskOne(*finders[i], asked, all[i]));
    }
  }
  std::printf("%zu records; share found among the first ten, and as the first\n%-20s %5s", records.size(), "group",
              "asked");
  for (const auto& finder : finders) std::printf("   %-12.12s", finder->name());
  std::printf("\n");
  for (const auto& [group, row] : groups) TellRow(group, row);
  TellRow("all", all);
  if (tell_missed) {
    for (const std::string& query : all[0].missed) std::printf("missed  %s\n", query.c_str());
    for (const std::string& query : all[0].behind) std::printf("behind  %s\n", query.c_str());
  }
  const bool held = all[0].in_ten_share() >= kGoalInTen && all[0].first_share() >= kGoalFirst;
  std::printf("goals: %.2f among the first ten, %.2f first: %s\n", kGoalInTen, kGoalFirst, held ? "held" : "MISSED");
  return held;
}

}  // namespace
}  // namespace daftar::bench

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  const bool tell_missed = std::erase(words, "--missed") > 0;
  if (words.size() < 2) {
    std::cerr << "usage: relevance_run FOLDER SAMPLE [INCIDENTS] [SEED] [--missed]\n";
    return 2;
  }
  const uint64_t incidents = words.size() > 2 ? std::stoull(words[2]) : 10'000;
  const uint64_t seed = words.size() > 3 ? std::stoull(words[3]) : 1;
  const auto held = daftar::bench::Run(words[0], words[1], incidents, seed, tell_missed);
  if (!held.ok()) std::cerr << "relevance_run: " << daftar::Message(held.status()) << '\n';
  if (!held.ok()) return 3;
  return *held ? 0 : 1;
}
