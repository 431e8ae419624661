// The program behind tests/bench/search_peers: makes data, loads one engine with it, asks all of them. Each step is a
// process of its own, so that processor time and memory of one engine are not those of another.
//
//   search_peers_run make FOLDER RECORDS SEED      FOLDER/corpus
//   search_peers_run load FOLDER ENGINE            FOLDER/ENGINE/; prints {"engine", "cpu_seconds", "bytes", …}
//   search_peers_run ask FOLDER SEED [--cold] [--processor] [ENGINE …]   prints {"classes": …}
//   search_peers_run repeat FOLDER SEED ENGINE CLASS SECONDS   asks one class over and over, under a profiler
#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <iostream>

#include "tests/bench/peers/measure.h"

namespace daftar::bench {
namespace {

using nlohmann::json;

constexpr size_t kQuestionsInClass = 25;

StatusOr<EngineKind> KindOf(std::string_view name) {
  for (const EngineKind& kind : {kDaftar, kIndex, kSqlite, kXapian}) {
    if (kind.name == name) return kind;
  }
  return InvalidArgument(std::string("there is no engine ").append(name));
}

uint64_t BytesIn(const std::string& folder) {
  uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

Status Load(const std::string& folder, const std::string& name) {
  DAFTAR_ASSIGN_OR_RETURN(const EngineKind kind, KindOf(name));
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<Corpus> corpus, Corpus::Open(folder));
  const std::string own = folder + "/" + name;
  std::filesystem::remove_all(own);
  std::filesystem::create_directory(own);
  LoadTimes times;
  DAFTAR_RETURN_IF_ERROR(kind.load(*corpus, own, times));
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::cout << json{{"engine", name},
                    {"words", kind.words},
                    {"records", corpus->size()},
                    {"records_cpu_seconds", times.records.seconds()},
                    {"texts_cpu_seconds", times.texts.seconds()},
                    {"peak_kb", usage.ru_maxrss},
                    {"bytes", BytesIn(own)}}
            << '\n';
  return OkStatus();
}

Status Ask(const std::string& folder, const MeasureOptions& options, std::vector<std::string> names) {
  if (names.empty()) names = {kDaftar.name, kSqlite.name, kXapian.name};
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<Corpus> corpus, Corpus::Open(folder));
  std::vector<Contender> contenders;
  for (const std::string& name : names) {
    DAFTAR_ASSIGN_OR_RETURN(const EngineKind kind, KindOf(name));
    contenders.push_back({kind, folder + "/" + name, nullptr});
    DAFTAR_RETURN_IF_ERROR(contenders.back().Reopen());
  }
  const std::vector<QuestionClass> classes = DrawQuestions(*corpus, options.seed, kQuestionsInClass);
  json out = {{"records", corpus->size()}};
  DAFTAR_ASSIGN_OR_RETURN(out["classes"], MeasureQuestions(contenders, classes, options));
  DAFTAR_ASSIGN_OR_RETURN(out["reads"], MeasureReads(contenders, *corpus, options));
  std::cout << out << '\n';
  return OkStatus();
}

Status Repeat(const std::string& folder, uint64_t seed, const std::string& name, std::string_view wanted, int seconds) {
  DAFTAR_ASSIGN_OR_RETURN(const EngineKind kind, KindOf(name));
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<Corpus> corpus, Corpus::Open(folder));
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<Engine> engine, kind.open(folder + "/" + name));
  for (const QuestionClass& own : DrawQuestions(*corpus, seed, kQuestionsInClass)) {
    if (!own.name.starts_with(wanted)) continue;
    size_t rounds = 0;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    for (; std::chrono::steady_clock::now() < end; ++rounds) {
      for (const Question& question : own.questions) DAFTAR_RETURN_IF_ERROR(engine->Ask(question).status());
    }
    std::cout << own.name << ": " << rounds << " rounds\n";
  }
  return OkStatus();
}

Status Run(const std::vector<std::string>& words) {
  if (words.size() == 4 && words[0] == "make") {
    return Corpus::Make(words[1], {.seed = std::stoull(words[3]), .incidents = std::stoull(words[2])});
  }
  if (words.size() == 3 && words[0] == "load") return Load(words[1], words[2]);
  if (words.size() >= 3 && words[0] == "ask") {
    MeasureOptions options;
    options.seed = std::stoull(words[2]);
    std::vector<std::string> names(words.begin() + 3, words.end());
    options.cold = std::erase(names, "--cold") > 0;
    options.processor = std::erase(names, "--processor") > 0;
    return Ask(words[1], options, names);
  }
  if (words.size() == 6 && words[0] == "repeat") {
    return Repeat(words[1], std::stoull(words[2]), words[3], words[4], std::stoi(words[5]));
  }
  return InvalidArgument(
      "usage: make FOLDER RECORDS SEED | load FOLDER ENGINE | ask FOLDER SEED [--cold] [--processor] [ENGINE ...] | "
      "repeat FOLDER "
      "SEED ENGINE CLASS SECONDS");
}

}  // namespace
}  // namespace daftar::bench

int main(int argc, char** argv) {
  const daftar::Status status = daftar::bench::Run({argv + 1, argv + argc});
  if (!status.ok()) std::cerr << "search_peers_run: " << daftar::Message(status) << '\n';
  return status.ok() ? 0 : 1;
}
