#include "tools/ctl/reply.h"

#include <gtest/gtest.h>

#include <sstream>

namespace daftar::ctl {
namespace {

// What a reply says on both streams.
struct Said {
  std::string out, err;
};

Said Say(const Reply& reply, bool as_json) {
  std::ostringstream out, err;
  Print(reply, as_json, out, err);
  return {out.str(), err.str()};
}

Reply BadDate() { return Reply::Invalid("a problem", {{"accounts[0].date", "month 13 does not exist"}}); }

TEST(ReplyTest, PutsDataOnStandardOutputAndTalkOnStandardError) {
  Reply reply = Reply::Answer("status");
  reply.text = "data\n";
  reply.talk = {"talk"};
  const Said said = Say(reply, false);
  EXPECT_EQ(said.out, "data\n");
  EXPECT_EQ(said.err, "talk\n");
}

TEST(ReplyTest, BeginsJsonWithItsSchema) {
  EXPECT_EQ(Say(Reply::Answer("status"), true).out, "{\n  \"schema\": \"daftar.status.v1\"\n}\n");
}

TEST(ReplyTest, SaysErrorsWithPathAndReasonOnStandardError) {
  const Said said = Say(BadDate(), false);
  EXPECT_EQ(said.out, "");
  EXPECT_EQ(said.err, "daftarctl: a problem\n  accounts[0].date: month 13 does not exist\n");
}

TEST(ReplyTest, SaysErrorsAsJsonWhereJsonIsAskedFor) {
  const Said said = Say(BadDate(), true);
  EXPECT_EQ(said.out, "");
  const auto json = nlohmann::json::parse(said.err);
  EXPECT_EQ(json["schema"], "daftar.error.v1");
  EXPECT_EQ(json["code"], 4);
  EXPECT_EQ(json["problems"][0]["path"], "accounts[0].date");
}

TEST(ReplyTest, WritesBytesThatAreNotUtf8AsAMark) {
  Reply reply = Reply::Answer("show");
  reply.json["title"] = "\xff";
  EXPECT_NE(Say(reply, true).out.find("\xef\xbf\xbd"), std::string::npos);
}

TEST(ReplyTest, GivesEachSortOfErrorItsExitCode) {
  EXPECT_EQ(ExitCodeOf(NotFound("x")), ExitCode::kNotFound);
  EXPECT_EQ(ExitCodeOf(InvalidArgument("x")), ExitCode::kInvalidData);
  EXPECT_EQ(ExitCodeOf(Unavailable("x")), ExitCode::kUnreachable);
  EXPECT_EQ(ExitCodeOf(PermissionDenied("x")), ExitCode::kNotPermitted);
  EXPECT_EQ(ExitCodeOf(DataLoss("x")), ExitCode::kCorrupt);
  EXPECT_EQ(ExitCodeOf(Internal("x")), ExitCode::kFailure);
}

}  // namespace
}  // namespace daftar::ctl
