// conflict resolve, draft and diff, on a workstation whose server is this test: it answers pushes by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "client/sync/user_store.h"
#include "client/sync/workstation.h"
#include "storage/model/parts.h"
#include "tests/temporary_folder.h"
#include "tools/ctl/program.h"

namespace daftar::ctl {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Cause = v1::Conflict::Cause;

// No server, anywhere.
class NoServer final : public Connector {
 public:
  StatusOr<std::unique_ptr<Link>> Connect(int) override { return Unavailable("nobody answers"); }
};

struct Ended {
  int exit_code;
  std::string out, err;
};

class DecideCommandsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(Run({"init", "--author", "Amina"}).exit_code, 0);
    const std::string file = home_.File("clash.json");
    std::ofstream(file) << R"({"kind": ["CLASH"], "names": ["a clash"], "notes": "from before",
                              "external": [{"system": "test", "id": "I1"}]})";
    record_ = *Uuid::Parse(Ask({"add", "--kind", "incident", file, "--reason", "r"})["id"].get<std::string>());
  }

  Ended Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--replica", folder()});
    std::ostringstream out, err;
    const auto no_server = [](const std::string&, const KeyPair&) { return std::make_unique<NoServer>(); };
    const int code = RunProgram(arguments, {clock_, random_, no_server, {}, false, 80, out, err});
    return {code, out.str(), err.str()};
  }
  json Ask(std::vector<std::string> arguments) {
    arguments.push_back("--json");
    const Ended ended = Run(std::move(arguments));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    return json::parse(ended.out, nullptr, false);
  }
  std::unique_ptr<Workstation> Open() { return *Workstation::Open(folder(), clock_, random_); }
  // Edits the notes; the number of the push.
  uint64_t EditNotes(const std::string& notes) {
    return Ask({"edit", "test:I1", "--set", "notes=" + notes, "--reason", "r"})["queued"];
  }
  void Answer(const v1::PushResult& result) { EXPECT_TRUE(Open()->user().Answer(result, clock_.NowMs()).ok()); }
  static std::string NotesPart(const std::string& notes) {
    v1::Incident incident;
    incident.set_notes(notes);
    return *CanonicalBody(incident);
  }
  // The server parks an edit of the notes.
  void Park(Cause::Code cause, const std::string& mine = "mine") {
    v1::PushResult result;
    result.set_seq(EditNotes(mine));
    result.set_outcome(v1::PushResult::Outcome::CONFLICT);
    v1::Conflict& conflict = *result.add_conflict();
    conflict.mutable_id()->set_client(std::string(16, 'c'));
    conflict.mutable_id()->set_seq(result.seq());
    conflict.set_record(record_.str());
    conflict.set_kind(v1::RecordKind::INCIDENT);
    conflict.set_field(32);
    conflict.set_base(NotesPart("from before"));
    conflict.set_mine(NotesPart(mine));
    conflict.set_theirs(NotesPart("theirs"));
    conflict.set_theirs_revision(5);
    conflict.set_theirs_author("Bahrom");
    conflict.set_cause(cause);
    Answer(result);
  }
  // The server refuses an edit of the notes; the number of the draft.
  uint64_t Refuse(const std::string& path) {
    v1::PushResult result;
    result.set_seq(EditNotes("refused text"));
    result.set_outcome(v1::PushResult::Outcome::INVALID);
    v1::FieldError& error = *result.add_error();
    error.set_record(record_.str());
    error.set_path(path);
    error.set_message("is not true");
    Answer(result);
    return result.seq();
  }
  // What waits last.
  v1::Mutation LastQueued() { return Open()->Outbox()->back().mutation(); }
  Ended Resolve(std::vector<std::string> how, const std::string& id = "test:I1/notes") {
    std::vector<std::string> arguments = {"conflict", "resolve", id, "--reason", "asked both"};
    arguments.insert(arguments.end(), how.begin(), how.end());
    return Run(std::move(arguments));
  }
  std::string folder() const { return home_.File("replica"); }

  TemporaryFolder home_;
  FakeClock clock_{1'700'000'000'000};
  SeededRandom random_{3};
  Uuid record_;
};

TEST_F(DecideCommandsTest, ShowSaysWhoChangedItAndHowToDecide) {
  Park(Cause::CHANGED);
  const std::string shown = Run({"conflict", "show", "test:I1/notes"}).out;
  EXPECT_THAT(shown, HasSubstr("Bahrom changed it meanwhile"));
  EXPECT_THAT(shown, HasSubstr("daftarctl conflict resolve 'test:I1/notes'"));
}

TEST_F(DecideCommandsTest, ShowSaysThatTheRecordWasRetiredAndThatMineBringsItBack) {
  Park(Cause::RETIRED);
  const std::string shown = Run({"conflict", "show", "test:I1/notes"}).out;
  EXPECT_THAT(shown, HasSubstr("Bahrom retired the record meanwhile"));
  EXPECT_THAT(shown, HasSubstr("brings the record back, with your edit"));
}

TEST_F(DecideCommandsTest, ShowSaysThatARetirementMetANewerEdit) {
  Park(Cause::NEWER);
  EXPECT_THAT(Run({"conflict", "show", "test:I1/notes"}).out,
              HasSubstr("You retired the record, and Bahrom edited it"));
}

TEST_F(DecideCommandsTest, TakingMineQueuesThePartOnTheRevisionThatWasSeen) {
  Park(Cause::CHANGED);
  EXPECT_EQ(Resolve({"--take", "mine"}).exit_code, 0);
  const v1::Mutation queued = LastQueued();
  EXPECT_EQ(queued.base_revision(), 5u);
  ASSERT_EQ(queued.settles_size(), 1);
  EXPECT_EQ(queued.edit(0).part(0).value(), NotesPart("mine"));
  EXPECT_EQ(queued.reason(), "asked both");
}

TEST_F(DecideCommandsTest, TakingBaseQueuesWhatWasThereBeforeBoth) {
  Park(Cause::CHANGED);
  EXPECT_EQ(Resolve({"--take", "base"}).exit_code, 0);
  EXPECT_EQ(LastQueued().edit(0).part(0).value(), NotesPart("from before"));
}

TEST_F(DecideCommandsTest, TakingTheirsQueuesADecisionThatEditsNothing) {
  Park(Cause::CHANGED);
  EXPECT_THAT(Resolve({"--take", "theirs"}).out, HasSubstr("the record stays as it is"));
  EXPECT_EQ(LastQueued().edit_size(), 0);
  EXPECT_EQ(LastQueued().settles_size(), 1);
}

TEST_F(DecideCommandsTest, AnotherValueMayBeGivenAsText) {
  Park(Cause::CHANGED);
  EXPECT_EQ(Resolve({"--value", "both were there"}).exit_code, 0);
  EXPECT_EQ(LastQueued().edit(0).part(0).value(), NotesPart("both were there"));
}

TEST_F(DecideCommandsTest, AnotherValueMayBeGivenAsShowPrintsIt) {
  Park(Cause::CHANGED);
  const json theirs = Ask({"conflict", "show", "test:I1/notes"})["conflicts"][0]["theirs"];
  EXPECT_EQ(Resolve({"--value", theirs.dump()}).exit_code, 0);
  EXPECT_EQ(LastQueued().edit(0).part(0).value(), NotesPart("theirs"));
}

TEST_F(DecideCommandsTest, AValueOfAnotherFormIsRefusedAndNothingIsQueued) {
  Park(Cause::CHANGED);
  const size_t before = Open()->Outbox()->size();
  EXPECT_EQ(Resolve({"--value", "{\"no\": \"such\"}"}).exit_code, 4);
  EXPECT_THAT(*Open()->Outbox(), SizeIs(before));
}

TEST_F(DecideCommandsTest, TakingMineOfARetiredRecordAlsoClearsTheRetirement) {
  Park(Cause::RETIRED);
  EXPECT_EQ(Resolve({"--take", "mine"}).exit_code, 0);
  const v1::Mutation queued = LastQueued();
  ASSERT_EQ(queued.edit(0).part_size(), 2);
  EXPECT_EQ(queued.edit(0).part(1).field(), kRetiredField);
  EXPECT_EQ(queued.edit(0).part(1).value(), "");
}

TEST_F(DecideCommandsTest, WhatIsDecidedIsShownAsWaitingForTheServer) {
  Park(Cause::CHANGED);
  Resolve({"--take", "mine"});
  EXPECT_THAT(Run({"conflict", "list"}).out, HasSubstr("resolved, waits for the server"));
  EXPECT_EQ(Ask({"conflict", "list"})["conflicts"][0]["state"], "resolved");
  EXPECT_EQ(Ask({"status"})["conflicts"], 0) << "it waits for nobody's decision";
}

TEST_F(DecideCommandsTest, ASecondDecisionSaysThatTheFirstWaits) {
  Park(Cause::CHANGED);
  Resolve({"--take", "mine"});
  const Ended again = Resolve({"--take", "theirs"});
  EXPECT_EQ(again.exit_code, 4);
  EXPECT_THAT(again.err, HasSubstr("resolved already"));
}

TEST_F(DecideCommandsTest, TwoConflictsOfOnePartAreToldApart) {
  Park(Cause::CHANGED, "mine");
  Park(Cause::CHANGED, "mine again");
  const Ended ended = Resolve({"--take", "mine"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.err, HasSubstr("test:I1/notes@2"));
  EXPECT_EQ(Resolve({"--take", "mine"}, "test:I1/notes@2").exit_code, 0);
}

TEST_F(DecideCommandsTest, ADryRunShowsTheChangeAndQueuesNothing) {
  Park(Cause::CHANGED);
  const size_t before = Open()->Outbox()->size();
  EXPECT_THAT(Run({"conflict", "resolve", "test:I1/notes", "--take", "base", "--dry-run"}).out, HasSubstr("dry run"));
  EXPECT_THAT(*Open()->Outbox(), SizeIs(before));
}

TEST_F(DecideCommandsTest, AsksWhichSideAndWhy) {
  Park(Cause::CHANGED);
  EXPECT_EQ(Resolve({}).exit_code, 2);
  EXPECT_EQ(Resolve({"--take", "yours"}).exit_code, 2);
  EXPECT_EQ(Resolve({"--take", "mine", "--value", "x"}).exit_code, 2);
  EXPECT_EQ(Run({"conflict", "resolve", "test:I1/notes", "--take", "mine"}).exit_code, 2);
}

TEST_F(DecideCommandsTest, AConflictThatIsNotThereIsNotFound) { EXPECT_EQ(Resolve({"--take", "mine"}).exit_code, 3); }

TEST_F(DecideCommandsTest, ADraftShowsTheReasonAtTheField) {
  const uint64_t draft = Refuse("notes");
  EXPECT_THAT(Run({"draft", "show", std::to_string(draft)}).out,
              HasSubstr("→ refused text\n    refused: is not true\n"));
  EXPECT_EQ(Ask({"draft", "list"})["drafts"][0]["edits"][0]["changes"][0]["refused"], "is not true");
}

TEST_F(DecideCommandsTest, ADraftShowsAReasonThatBelongsToNoChangeBelowThem) {
  const uint64_t draft = Refuse("names[0].text");
  EXPECT_THAT(Run({"draft", "show", std::to_string(draft)}).out, HasSubstr("is not true"));
}

TEST_F(DecideCommandsTest, ADraftIsMendedAndSentUnderANewNumber) {
  const uint64_t draft = Refuse("notes");
  const json sent = Ask({"draft", "send", std::to_string(draft), "--set", "notes=true text"});
  EXPECT_EQ(sent["queued"], draft + 1);
  EXPECT_EQ(LastQueued().edit(0).part(0).value(), NotesPart("true text"));
  EXPECT_THAT(*Open()->Drafts(), IsEmpty());
}

TEST_F(DecideCommandsTest, ADraftThatWouldBeRefusedAgainStaysADraft) {
  const uint64_t draft = Refuse("notes");
  EXPECT_EQ(Run({"draft", "send", std::to_string(draft), "--set", "confidence=900"}).exit_code, 4);
  EXPECT_THAT(*Open()->Drafts(), SizeIs(1));
}

TEST_F(DecideCommandsTest, ADiscardedDraftIsGone) {
  const uint64_t draft = Refuse("notes");
  EXPECT_EQ(Run({"draft", "discard", std::to_string(draft)}).exit_code, 0);
  EXPECT_EQ(Run({"draft", "show", std::to_string(draft)}).exit_code, 3);
  EXPECT_EQ(Run({"draft", "send", std::to_string(draft)}).exit_code, 3);
  EXPECT_EQ(Run({"draft", "discard", std::to_string(draft)}).exit_code, 3);
}

TEST_F(DecideCommandsTest, DiffSaysWhichRevisionsThereAre) {
  const Ended ended = Run({"diff", "test:I1", "1", "2"});
  EXPECT_EQ(ended.exit_code, 3);
  EXPECT_THAT(ended.err, Not(IsEmpty()));
}

}  // namespace
}  // namespace daftar::ctl
