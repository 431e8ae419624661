#include "tests/bench/peers/measure.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <optional>

#include "tools/gen/prng.h"

namespace daftar::bench {
namespace {

using nlohmann::json;

constexpr int kRepeats = 5;
// A question that takes longer is measured less often.
constexpr double kLongMs = 250;
constexpr int kRepeatsOfLong = 3;

double NowMs(const MeasureOptions& options) {
  timespec now{};
  clock_gettime(options.processor ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

double MedianOf(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<long>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// The median of some runs behind a first one, which warms caches; milliseconds.
template <typename Run>
StatusOr<double> TimeWarm(const MeasureOptions& options, Run run) {
  const double begin = NowMs(options);
  DAFTAR_RETURN_IF_ERROR(run());
  const int repeats = NowMs(options) - begin > kLongMs ? kRepeatsOfLong : kRepeats;
  std::vector<double> times;
  for (int i = 0; i < repeats; ++i) {
    const double from = NowMs(options);
    DAFTAR_RETURN_IF_ERROR(run());
    times.push_back(NowMs(options) - from);
  }
  return MedianOf(times);
}

json Summary(const std::vector<double>& times) {
  return {{"median_ms", MedianOf(times)},
          {"slowest_ms", times.empty() ? 0 : *std::max_element(times.begin(), times.end())}};
}

std::string WordsOf(const Question& question) {
  std::string words;
  for (const std::string& word : question.words) words += (words.empty() ? "" : " ") + word;
  if (question.form == Question::Form::kPhrase) words = '"' + words + '"';
  if (question.form == Question::Form::kPrefix) words += '*';
  if (!question.country.empty()) words += " country:" + question.country;
  if (question.has_days()) {
    words += " days:" + std::to_string(question.first_day) + ".." + std::to_string(question.last_day);
  }
  return words.empty() ? "(an actor)" : words;
}

// What the file system keeps of a folder is let go: of these files alone, and as root of everything.
void DropCaches(const std::string& folder) {
  sync();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const int file = open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) continue;
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    close(file);
  }
  if (geteuid() == 0) std::ofstream("/proc/sys/vm/drop_caches") << "3\n";
}

// Whether they found the same. Beginnings of words: Daftar also counts other spellings of names.
bool Agree(const Question& question, const std::vector<Contender>& contenders, const std::vector<Answer>& answers) {
  std::optional<uint64_t> expected;
  uint64_t more = UINT64_MAX;
  for (size_t i = 0; i < answers.size(); ++i) {
    const std::string name = contenders[i].kind.name;
    const bool forgiving = (name == kDaftar.name || name == kIndex.name) && question.form == Question::Form::kPrefix;
    if (forgiving) {
      more = std::min(more, answers[i].total);
    } else if (expected && answers[i].total != *expected) {
      return false;
    } else {
      expected = answers[i].total;
    }
  }
  return !expected || more >= *expected;
}

class ClassRun {
 public:
  ClassRun(std::vector<Contender>& contenders, const QuestionClass& own, const MeasureOptions& options)
      : contenders_(contenders), own_(own), options_(options), times_(contenders.size()), quick_(contenders.size()) {}

  StatusOr<json> Run() {
    std::vector<json> cold(contenders_.size());
    for (size_t i = 0; i < contenders_.size() && options_.cold; ++i) {
      DAFTAR_ASSIGN_OR_RETURN(cold[i], RunCold(contenders_[i]));
    }
    for (const Question& question : own_.questions) DAFTAR_RETURN_IF_ERROR(RunOne(question));
    json out = {{"name", own_.name}, {"questions", asked_}, {"hits_median", MedianOf(hits_)}, {"left_out", left_out_}};
    for (size_t i = 0; i < contenders_.size(); ++i) {
      json& engine = out["engines"][contenders_[i].kind.name] = Summary(times_[i]);
      if (!quick_[i].empty()) engine["without_total"] = Summary(quick_[i]);
      if (options_.cold) engine["cold"] = cold[i];
      engine["slowest_question"] = slowest_[i].second;
    }
    return out;
  }

 private:
  StatusOr<json> RunCold(Contender& contender) {
    contender.engine.reset();
    DropCaches(contender.folder);
    DAFTAR_RETURN_IF_ERROR(contender.Reopen());
    std::vector<double> times;
    for (const Question& question : own_.questions) {
      const double from = NowMs(options_);
      DAFTAR_RETURN_IF_ERROR(contender.engine->Ask(question).status());
      times.push_back(NowMs(options_) - from);
    }
    return Summary(times);
  }

  Status RunOne(const Question& question) {
    std::vector<Answer> answers(contenders_.size());
    std::vector<double> times(contenders_.size());
    for (size_t i = 0; i < contenders_.size(); ++i) {
      DAFTAR_ASSIGN_OR_RETURN(times[i], TimeWarm(options_, [&]() -> Status {
                                DAFTAR_ASSIGN_OR_RETURN(answers[i], contenders_[i].engine->Ask(question));
                                return OkStatus();
                              }));
    }
    if (!Agree(question, contenders_, answers)) {
      json totals;
      for (size_t i = 0; i < contenders_.size(); ++i) totals[contenders_[i].kind.name] = answers[i].total;
      left_out_.push_back({{"question", WordsOf(question)}, {"totals", totals}});
      return OkStatus();
    }
    ++asked_;
    hits_.push_back(static_cast<double>(answers[0].total));
    for (size_t i = 0; i < contenders_.size(); ++i) {
      times_[i].push_back(times[i]);
      slowest_[i] = std::max(slowest_[i], {times[i], WordsOf(question)});
    }
    return question.newest ? RunWithoutTotal(question) : OkStatus();
  }

  Status RunWithoutTotal(Question question) {
    question.with_total = false;
    for (size_t i = 0; i < contenders_.size(); ++i) {
      DAFTAR_ASSIGN_OR_RETURN(const double time,
                              TimeWarm(options_, [&] { return contenders_[i].engine->Ask(question).status(); }));
      quick_[i].push_back(time);
    }
    return OkStatus();
  }

  std::vector<Contender>& contenders_;
  const QuestionClass& own_;
  const MeasureOptions& options_;
  std::vector<std::vector<double>> times_, quick_;
  std::vector<std::pair<double, std::string>> slowest_{contenders_.size()};
  std::vector<double> hits_;
  json left_out_ = json::array();
  size_t asked_ = 0;
};

}  // namespace

Status Contender::Reopen() {
  engine.reset();
  DAFTAR_ASSIGN_OR_RETURN(engine, kind.open(folder));
  return OkStatus();
}

StatusOr<json> MeasureQuestions(std::vector<Contender>& contenders, const std::vector<QuestionClass>& classes,
                                const MeasureOptions& options) {
  json out = json::array();
  for (const QuestionClass& own : classes) {
    DAFTAR_ASSIGN_OR_RETURN(json measured, ClassRun(contenders, own, options).Run());
    out.push_back(std::move(measured));
  }
  return out;
}

StatusOr<json> MeasureReads(std::vector<Contender>& contenders, const Corpus& corpus, const MeasureOptions& options) {
  // A read is too short for a clock: a group of them is one measurement.
  constexpr size_t kGroup = 100, kRounds = 25, kRows = 50;
  gen::Prng random(gen::MixOf({options.seed, 0x1d5}));
  std::vector<std::vector<std::string>> groups(kRounds);
  for (std::vector<std::string>& group : groups) {
    while (group.size() < kGroup) group.push_back(corpus.At(1 + static_cast<uint32_t>(random.Below(corpus.size()))).id);
  }
  json reads = {{"name", "point read, decoded"}}, rows = {{"name", "newest 50 as list rows"}};
  std::optional<std::vector<ListRow>> expected;
  json same;  // engine → how many of its rows are those of the first engine
  for (Contender& contender : contenders) {
    Engine& engine = *contender.engine;
    std::vector<double> times;
    for (const std::vector<std::string>& group : groups) {
      DAFTAR_ASSIGN_OR_RETURN(const double time, TimeWarm(options, [&]() -> Status {
                                for (const std::string& id : group) {
                                  DAFTAR_RETURN_IF_ERROR(engine.ReadRecord(id).status());
                                }
                                return OkStatus();
                              }));
      times.push_back(time / kGroup);
    }
    reads["engines"][contender.kind.name] = Summary(times);
    const StatusOr<std::vector<ListRow>> listed = engine.NewestIncidents(kRows);
    if (listed.status().code() == StatusCode::kUnimplemented) continue;
    DAFTAR_RETURN_IF_ERROR(listed.status());
    if (!expected) expected = *listed;
    size_t equal = 0;
    while (equal < std::min(listed->size(), expected->size()) && (*listed)[equal] == (*expected)[equal]) ++equal;
    same[contender.kind.name] = equal;
    if (equal != kRows) rows["left_out"] = {{{"question", "rows up to the first that differs"}, {"totals", same}}};
    times.clear();
    for (size_t i = 0; i < kRounds; ++i) {
      DAFTAR_ASSIGN_OR_RETURN(const double time,
                              TimeWarm(options, [&] { return engine.NewestIncidents(kRows).status(); }));
      times.push_back(time);
    }
    rows["engines"][contender.kind.name] = Summary(times);
  }
  return json::array({reads, rows});
}

}  // namespace daftar::bench
