// What `daftarctl` answers about the sample, byte for byte: scripts rest on the JSON, and people on the text.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "tests/integration/stations.h"
#include "tests/temporary_folder.h"

namespace daftar {
namespace {

constexpr char kGoldenFolder[] = DAFTAR_SOURCE_DIR "/tests/golden/ctl/";

// A call and the file that holds its answer. Its name ends in .json for an answer with --json, else in .txt.
struct Call {
  const char* file;
  std::vector<std::string> arguments;
  const char* columns = "100";  // of the terminal
};
void PrintTo(const Call& call, std::ostream* out) { *out << call.file; }

// What differs from run to run, and what stands in its place. A pattern holds the form of the value too: what has
// another form stays as it is, and differs from the file.
struct Varying {
  std::regex pattern;
  const char* replacement;
};

const std::vector<Varying>& AllVarying() {
  static const std::vector<Varying>& all = *new std::vector<Varying>{
      {std::regex(R"re(("epoch": )"[0-9a-f]{32}")re"), R"($1"EPOCH")"},
      // The chain starts at the epoch; the digest is of the records alone, and the same in each run.
      {std::regex(R"re(("chain": )"[0-9a-f]{32}")re"), R"($1"CHAIN")"},
      {std::regex(
           R"re(("(at|accepted|added_at|pinned_at|changed_at|last_success|last_attempt|mine|theirs|noted)": )"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")re"),
       R"($1"TIME")"},
      {std::regex(R"re(("(?:pinned|changed|made|at|began)_ms": )[1-9]\d*)re"), R"($1"TIME")"},
      // A hash of what they say, and so of when they were said.
      {std::regex(R"re(("(?:proposal|comment|reply_to)": )[1-9]\d*)re"), R"($1"KEY")"},
      {std::regex(R"re(((?:proposal|comment) )\d{6,})re"), R"($1KEY)"},
      {std::regex(R"re((comments\[key=)\d+)re"), R"($1KEY)"},
      {std::regex(R"re(("after": )1[0-9]{12})re"), R"($1"TIME")"},
      {std::regex(R"re(("replica": )"/[^"]*")re"), R"($1"FOLDER")"},
      {std::regex(R"re(("server": )"127\.0\.0\.1:\d+")re"), R"($1"SERVER")"},
      {std::regex(R"re(("(?:free_)?bytes": )\d+)re"), R"($1"BYTES")"},  // compressed, with the epoch inside
      // Compressed as well; and a measurement.
      {std::regex(R"re(("traffic": )\{[^{}]*\{[^{}]*\}[^{}]*\{[^{}]*\}[^{}]*\})re"), R"($1"TRAFFIC")"},
      {std::regex(R"re(("goodput": )(null|\d+))re"), R"($1"GOODPUT")"},
      // They change with every index; their numbers are the matter of unit tests.
      {std::regex(R"re(("tables": )\[\s*\{[^\]]*\])re"), R"($1"TABLES")"},
      // "9 Nov 2026 21:01"; spaces behind it fill a column whatever the day.
      {std::regex(R"re(\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d, +)re"), "TIME, "},
      {std::regex(R"re(\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d)re"), "TIME"}};
  return all;
}

std::string Normalised(std::string text) {
  for (const Varying& varying : AllVarying()) text = std::regex_replace(text, varying.pattern, varying.replacement);
  return text;
}

bool IsJson(const Call& call) { return std::string(call.file).ends_with(".json"); }

std::string ReadGolden(const Call& call) {
  std::ifstream file(std::string(kGoldenFolder) + call.file, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// Lines that went (-) and came (+), each with its number in the text that it stands in, by the longest common
// subsequence.
std::string LineDiff(const std::string& before, const std::string& after) {
  const std::vector<std::string> a = LinesOf(before), b = LinesOf(after);
  std::vector<std::vector<int>> common(a.size() + 1, std::vector<int>(b.size() + 1));  // of the lines from i and j on
  for (size_t i = a.size(); i-- > 0;) {
    for (size_t j = b.size(); j-- > 0;) {
      common[i][j] = a[i] == b[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  std::string diff;
  for (size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      ++i, ++j;
    } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
      diff += "- " + std::to_string(i + 1) + ": " + a[i] + "\n";
      ++i;
    } else {
      diff += "+ " + std::to_string(j + 1) + ": " + b[j] + "\n";
      ++j;
    }
  }
  return diff.empty() ? "only the line end at the end of the file\n" : diff;
}

// What the station answers.
Ended Ask(const Station& station, const Call& call) {
  std::vector<std::string> command = {"/usr/bin/env", std::string("COLUMNS=") + call.columns, DAFTARCTL, "--replica",
                                      station.folder()};
  command.insert(command.end(), call.arguments.begin(), call.arguments.end());
  if (IsJson(call)) command.push_back("--json");
  return RunProgram(command);
}

// Compares the answer with its file, or writes the file anew where that is asked for.
void ExpectGolden(const Call& call, const Ended& ended) {
  ASSERT_EQ(ended.exit_code, 0) << ended.err;
  const std::string now = Normalised(ended.out);
  if (std::getenv("DAFTAR_UPDATE_GOLDEN") != nullptr) WriteText(std::string(kGoldenFolder) + call.file, now);
  const std::string golden = ReadGolden(call);
  EXPECT_TRUE(now == golden)
      << "The answer differs from tests/golden/ctl/" << call.file << ":\n"
      << LineDiff(golden, now)
      << "In JSON a new key (+ alone) is fine. A line that goes (-) breaks scripts: keys are never renamed, and a key\n"
      << "without a value is null. If the change is meant, write the files anew and commit them with the change:\n"
      << "  DAFTAR_UPDATE_GOLDEN=1 ctest --preset dev -R ctl_golden_test";
}

std::string NameOf(const ::testing::TestParamInfo<Call>& test) {
  std::string name = test.param.file;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

// One replica that equals its server, for all calls.
class CtlGolden : public ::testing::TestWithParam<Call> {
 protected:
  static void SetUpTestSuite() {
    home_ = std::make_unique<TemporaryFolder>();
    server_ = std::make_unique<SampleServer>(home_->File("server"));
    reader_ = std::make_unique<Station>(home_->File("reader"), server_->address(), "Amina");
    EXPECT_EQ(reader_->Run({"sync"}).exit_code, 0);
  }
  static void TearDownTestSuite() {
    reader_.reset();
    server_.reset();
    home_.reset();
  }

  static inline std::unique_ptr<TemporaryFolder> home_;
  static inline std::unique_ptr<SampleServer> server_;
  static inline std::unique_ptr<Station> reader_;
};

TEST_P(CtlGolden, AnswersAsItAlwaysDid) { ExpectGolden(GetParam(), Ask(*reader_, GetParam())); }

INSTANTIATE_TEST_SUITE_P(
    Sample, CtlGolden,
    ::testing::Values(Call{"show_incident.json", {"show", "sample:I01"}},
                      Call{"show_seizure.json", {"show", "sample:I02"}},
                      Call{"show_alert_as_of.json", {"show", "sample:I17", "--as-of", "2024-10-02"}},
                      Call{"show_actor.json", {"show", "sample:JA"}}, Call{"search.json", {"search", "Ansarullah"}},
                      Call{"search_facets.json",
                           {"search", "clash kind:incident", "--sort", "newest", "--limit", "1", "--facets"}},
                      Call{"search_respelt.txt", {"search", "amunition seizrue", "--facets"}, "80"},
                      Call{"list_relation_as_of.json", {"list", "relation", "--as-of", "2020-12-31"}},
                      Call{"status.json", {"status"}}, Call{"verify.json", {"verify"}},
                      Call{"sync_nothing_new.json", {"sync"}}, Call{"history.json", {"history", "sample:I01"}},
                      // Wide enough for accounts side by side, each with its time in one line whatever the day.
                      Call{"show_incident_wide.txt", {"show", "sample:I01"}, "160"},
                      Call{"show_incident_narrow.txt", {"show", "sample:I01"}, "80"},
                      Call{"show_page.txt", {"show", "--page", "daftar:incident/sample:I01"}, "80"},
                      Call{"show_page_search.json", {"show", "--page", "daftar:search?q=ansarullah"}, "80"},
                      Call{"graph.json", {"graph", "sample:JA", "--as-of", "2020-12-31"}},
                      Call{"graph.txt", {"graph", "sample:JA", "--hops", "2", "--min-sources", "2"}},
                      Call{"list_incident.txt", {"list", "incident"}}),
    NameOf);

// The replica of one whose edit of the notes of an incident met somebody else's.
class CtlGoldenAfterEdits : public ::testing::TestWithParam<Call> {
 protected:
  static void SetUpTestSuite() {
    home_ = std::make_unique<TemporaryFolder>();
    server_ = std::make_unique<SampleServer>(home_->File("server"));
    const Station amina(home_->File("amina"), server_->address(), "Amina");
    bahrom_ = std::make_unique<Station>(home_->File("bahrom"), server_->address(), "Bahrom");
    EXPECT_EQ(amina.Run({"sync"}).exit_code, 0);
    EXPECT_EQ(bahrom_->Run({"sync"}).exit_code, 0);
    EXPECT_EQ(amina.Run({"edit", "sample:I01", "--set", "notes=from Amina", "--reason", "she was there"}).exit_code, 0);
    EXPECT_EQ(bahrom_->Run({"edit", "sample:I01", "--set", "notes=from Bahrom", "--reason", "so was he"}).exit_code, 0);
    EXPECT_EQ(amina.Run({"push"}).exit_code, 0);
    EXPECT_EQ(bahrom_->Run({"push"}).exit_code, 5);
  }
  static void TearDownTestSuite() {
    bahrom_.reset();
    server_.reset();
    home_.reset();
  }

  static inline std::unique_ptr<TemporaryFolder> home_;
  static inline std::unique_ptr<SampleServer> server_;
  static inline std::unique_ptr<Station> bahrom_;
};

TEST_P(CtlGoldenAfterEdits, AnswersAsItAlwaysDid) { ExpectGolden(GetParam(), Ask(*bahrom_, GetParam())); }

INSTANTIATE_TEST_SUITE_P(Sample, CtlGoldenAfterEdits,
                         ::testing::Values(Call{"diff.json", {"diff", "sample:I01", "1", "2"}},
                                           Call{"diff.txt", {"diff", "sample:I01", "1", "2"}},
                                           Call{"conflict_show.json", {"conflict", "show", "sample:I01"}},
                                           Call{"conflict_show.txt", {"conflict", "show", "sample:I01"}},
                                           Call{"conflict_resolve.json",
                                                {"conflict", "resolve", "sample:I01/notes", "--take", "mine",
                                                 "--dry-run"}},
                                           Call{"draft_list.json", {"draft", "list"}}),
                         NameOf);

// The replica of one who keeps something of some records for himself.
class CtlGoldenOwn : public ::testing::TestWithParam<Call> {
 protected:
  static void SetUpTestSuite() {
    home_ = std::make_unique<TemporaryFolder>();
    server_ = std::make_unique<SampleServer>(home_->File("server"));
    reader_ = std::make_unique<Station>(home_->File("reader"), server_->address(), "Amina");
    const std::vector<std::vector<std::string>> commands = {
        {"sync"},
        {"bookmark", "add", "sample:JA"},
        {"tag", "add", "sample:JA", "to check"},
        {"note", "set", "sample:I01", "ask Bahrom which day it was"},
        {"saved", "add", "clash darvoz", "--name", "Darvoz", "--sort", "newest"}};
    for (const std::vector<std::string>& command : commands) EXPECT_EQ(reader_->Run(command).exit_code, 0);
  }
  static void TearDownTestSuite() {
    reader_.reset();
    server_.reset();
    home_.reset();
  }

  static inline std::unique_ptr<TemporaryFolder> home_;
  static inline std::unique_ptr<SampleServer> server_;
  static inline std::unique_ptr<Station> reader_;
};

TEST_P(CtlGoldenOwn, AnswersAsItAlwaysDid) { ExpectGolden(GetParam(), Ask(*reader_, GetParam())); }

INSTANTIATE_TEST_SUITE_P(
    Sample, CtlGoldenOwn,
    ::testing::Values(Call{"bookmark_list.json", {"bookmark", "list"}}, Call{"note_list.txt", {"note", "list"}},
                      Call{"note_search.json", {"note", "search", "bahrom"}},
                      Call{"saved_list.json", {"saved", "list"}}, Call{"saved_list.txt", {"saved", "list"}},
                      Call{"private_export.json", {"private", "export"}},
                      Call{"show_page_mine.txt", {"show", "--page", "daftar:mine"}, "80"},
                      Call{"show_page_changes.txt", {"show", "--page", "daftar:changes?since=0"}, "80"}),
    NameOf);

// The replica of one who reviews: a proposal that waits, and one that others have changed the same since.
class CtlGoldenReview : public ::testing::TestWithParam<Call> {
 protected:
  static void SetUpTestSuite() {
    home_ = std::make_unique<TemporaryFolder>();
    server_ = std::make_unique<SampleServer>(home_->File("server"));
    reviewer_ = std::make_unique<Station>(home_->File("reviewer"), server_->address(), "Bahrom");
    const std::vector<std::vector<std::string>> commands = {
        {"sync"},
        {"suggest", "sample:I01", "--set", "notes=seen twice", "--reason", "a second witness"},
        {"suggest", "sample:I02", "--set", "notes=by night", "--reason", "the article says so"},
        {"comment", "add", "sample:I01", "--at", "accounts[0]", "which day was it?"},
        {"push"},
        {"edit", "sample:I02", "--set", "notes=by day", "--reason", "so he said"},
        {"push"}};
    for (const std::vector<std::string>& command : commands) EXPECT_EQ(reviewer_->Run(command).exit_code, 0);
  }
  static void TearDownTestSuite() {
    reviewer_.reset();
    server_.reset();
    home_.reset();
  }

  static inline std::unique_ptr<TemporaryFolder> home_;
  static inline std::unique_ptr<SampleServer> server_;
  static inline std::unique_ptr<Station> reviewer_;
};

TEST_P(CtlGoldenReview, AnswersAsItAlwaysDid) { ExpectGolden(GetParam(), Ask(*reviewer_, GetParam())); }

INSTANTIATE_TEST_SUITE_P(
    Sample, CtlGoldenReview,
    ::testing::Values(
        Call{"review_list.json", {"review", "list"}}, Call{"review_list.txt", {"review", "list"}},
        Call{"review_show.json", {"review", "show", "sample:I01"}},
        Call{"review_show.txt", {"review", "show", "sample:I01"}},
        Call{"review_return.json", {"review", "return", "sample:I03", "--comment", "which day was it?", "--dry-run"}},
        Call{"comment_list.json", {"comment", "list", "sample:I01"}},
        Call{"judge.json", {"judge", "sample:JA", "different", "sample:Taliban", "--reason", "r", "--dry-run"}},
        Call{"bulk_edit.json", {"bulk", "edit", "--query", "kind:alert_period", "--set", "tlp=AMBER", "--dry-run"}},
        Call{"restore_version.json", {"restore", "sample:I02", "--version", "2", "--dry-run"}}),
    NameOf);

}  // namespace
}  // namespace daftar
