// A test without peers: searches find known records of the sample and of generated data. tests/bench/README.md has the
// larger measure, beside peers. Exit code 1: fewer were found than there should be; the queries are named.
#include <iostream>

#include "tests/bench/relevance/finder.h"
#include "tests/temporary_folder.h"

namespace daftar::bench {
namespace {

constexpr uint64_t kIncidents = 1500, kSeed = 3;
constexpr size_t kInGroup = 12;
// The goals are 0.98 and 0.9, which relevance_run holds against more records. These floors are for what gets worse.
constexpr double kInTenFloor = 0.98, kFirstFloor = 0.9;

bool Holds(const char* what, double share, double floor, const std::vector<std::string>& queries) {
  std::cout << what << ": " << share << ", at least " << floor << '\n';
  if (share >= floor) return true;
  for (const std::string& query : queries) std::cout << "  not so: " << query << '\n';
  return false;
}

StatusOr<bool> Run() {
  const TemporaryFolder folder;
  const gen::Generator generator({.seed = kSeed, .incidents = kIncidents});
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Record> records,
                          SampleAndGenerated(DAFTAR_SOURCE_DIR "/tools/sample", generator));
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<Finder> finder, MakeDaftarFinder(folder.File("replica"), records));
  std::vector<Case> cases = SampleCases();
  for (Case& own : GeneratedCases(generator, kSeed, kInGroup)) cases.push_back(std::move(own));
  Found found;
  for (const Case& asked : cases) DAFTAR_RETURN_IF_ERROR(AskOne(*finder, asked, found));
  const bool in_ten = Holds("known records among the first ten", found.in_ten_share(), kInTenFloor, found.missed);
  const bool first = Holds("known records as the first", found.first_share(), kFirstFloor, found.behind);
  return in_ten && first;
}

}  // namespace
}  // namespace daftar::bench

int main() {
  const auto held = daftar::bench::Run();
  if (!held.ok()) std::cerr << daftar::Message(held.status()) << '\n';
  return held.ok() && *held ? 0 : 1;
}
