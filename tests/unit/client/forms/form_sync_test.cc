// Forms that were open while others edited: what the server makes of them, and the page of one's own edits.
#include <gmock/gmock.h>

#include "client/forms/open_form.h"
#include "client/model/work_page.h"
#include "client/sync/form_drafts.h"
#include "daftar/v1/private.pb.h"
#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class FormSyncTest : public SyncFixture {
 protected:
  FormSyncTest() : other(NewStation("b")) {
    Sync(*station);
    Sync(*other);
  }
  forms::OpenForm Open() { return forms::BeginOn(*station, kIncident.ToString()).value(); }
  static void Type(forms::OpenForm& open, std::string_view path, std::string text) {
    open.form.SetText(open.form.Find(path), std::move(text), 0);
  }
  // The other one edits the notes while the form is open here, and both know of it.
  void OtherWrites(const std::string& notes) {
    Queue(*other, WithNotes(*other, notes));
    Sync(*other);
    Sync(*station);
  }
  void Send(forms::OpenForm& open) {
    open.reason = "as I saw it";
    const StatusOr<uint64_t> sent = forms::Send(*station, open);
    ASSERT_TRUE(sent.ok()) << Message(sent.status());
    Sync(*station);
  }
  WorkPage Work() { return ReadWorkPage(*station, *station->Read().value()).value(); }
  std::string Notes(Workstation& of) { return Incident(of).incident().notes(); }

  std::unique_ptr<Workstation> other;
};

TEST_F(FormSyncTest, ParksThePartThatOthersChangedWhileItWasOpen) {
  forms::OpenForm open = Open();
  Type(open, "notes", "mine");
  OtherWrites("theirs");
  Send(open);
  EXPECT_EQ(Notes(*station), "theirs");
  const WorkPage page = Work();
  ASSERT_THAT(page.conflicts, SizeIs(1));
  EXPECT_EQ(page.conflicts[0].change.mine, "mine");
  EXPECT_EQ(page.conflicts[0].change.theirs, "theirs");
}

TEST_F(FormSyncTest, LeavesThePartsThatItDoesNotTouchAsOthersMadeThem) {
  forms::OpenForm open = Open();
  Type(open, "names[0].text", "a clash at the bridge");
  OtherWrites("theirs");
  Send(open);
  EXPECT_EQ(Notes(*station), "theirs");
  EXPECT_EQ(DisplayName(Incident(*station)), "a clash at the bridge");
  EXPECT_THAT(Work().conflicts, IsEmpty());
}

TEST_F(FormSyncTest, SaysThatTheRecordWasChangedWhileItWasOpen) {
  forms::OpenForm open = Open();
  Type(open, "names[0].text", "a clash at the bridge");
  OtherWrites("theirs");
  open.reason = "x";
  ASSERT_TRUE(forms::Check(*station, open).value());
  EXPECT_THAT(open.notes, SizeIs(1));
}

TEST_F(FormSyncTest, IsDecidedOnThePageOfWorkAndSoEverywhere) {
  forms::OpenForm open = Open();
  Type(open, "notes", "mine");
  OtherWrites("theirs");
  Send(open);
  ASSERT_TRUE(DecideConflict(*station, 0, Side::kMine, "asked both").ok());
  EXPECT_EQ(Notes(*station), "mine");
  EXPECT_TRUE(Work().conflicts[0].change.settling);
  EXPECT_EQ(DecideConflict(*station, 0, Side::kTheirs, "once more").code(), StatusCode::kNotFound);
  Sync(*station);
  Sync(*other);
  EXPECT_EQ(Notes(*other), "mine");
  EXPECT_THAT(Work().conflicts, IsEmpty());
}

TEST_F(FormSyncTest, OfAnotherHistoryOfTheServerOverwritesNothing) {
  forms::OpenForm open = Open();
  open.epoch = std::string(16, 'x');
  Type(open, "notes", "mine");
  OtherWrites("theirs");
  Send(open);
  EXPECT_EQ(Notes(*station), "theirs");
  EXPECT_THAT(Work().conflicts, SizeIs(1));
}

TEST_F(FormSyncTest, TellsWhatWaitsFieldByField) {
  forms::OpenForm open = Open();
  Type(open, "notes", "new words");
  open.reason = "because";
  ASSERT_TRUE(forms::Send(*station, open).ok());
  const WorkPage page = Work();
  ASSERT_THAT(page.outbox, SizeIs(1));
  ASSERT_THAT(page.outbox[0].fields, SizeIs(1));
  EXPECT_EQ(page.outbox[0].fields[0].after, "new words");
  EXPECT_EQ(page.outbox[0].why, "because");
  EXPECT_THAT(WorkPageAsText(page), HasSubstr("new words"));
}

TEST_F(FormSyncTest, TellsFormsThatAProgramLeftOpenApart) {
  const forms::OpenForm open = Open();
  ASSERT_TRUE(station->forms().Keep(forms::DraftOf(open, 1, true)).ok());
  ASSERT_TRUE(station->forms().Keep(forms::DraftOf(open, 2, false)).ok());
  forms::OpenForm sample = Open();
  sample.template_name = "clash";
  ASSERT_TRUE(station->forms().Keep(forms::DraftOf(sample, 3, false)).ok());
  const WorkPage page = Work();
  EXPECT_THAT(page.recovered, SizeIs(1));
  EXPECT_THAT(page.forms, SizeIs(1));
  ASSERT_THAT(page.templates, SizeIs(1));
  EXPECT_EQ(page.templates[0].title, "clash");
}

}  // namespace
}  // namespace daftar
