// What comments, proposals and excerpts may hold.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daftar/v1/records.pb.h"
#include "storage/model/parts.h"
#include "storage/model/review.h"
#include "storage/model/validate.h"

namespace daftar {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

auto Problem(const std::string& path, const std::string& part) {
  return AllOf(Field(&FieldProblem::path, path), Field(&FieldProblem::message, HasSubstr(part)));
}

std::optional<Kind> AnySource(const Uuid&) { return v1::RecordKind::SOURCE; }

class ValidateReviewTest : public ::testing::Test {
 protected:
  ValidateReviewTest() {
    incident_.add_kind(v1::IncidentKind::CLASH);
    v1::Name* name = incident_.add_name();
    name->set_key(1);
    name->set_text("Clash in Darvoz");
    account_ = incident_.add_account();
    account_->set_key(7);
    account_->set_source(Uuid::FromName("source").str());
    account_->add_killed()->set_best(3);
    account_->mutable_date()->set_precision(v1::DatePrecision::DAY);
  }

  v1::Comment& AddComment(uint64_t key) {
    v1::Comment& comment = *incident_.add_comment();
    comment.set_key(key);
    comment.set_text("is that so?");
    return comment;
  }
  // One that wants other notes.
  v1::Proposal& AddProposal(uint64_t key) {
    v1::Proposal& proposal = *incident_.add_proposal();
    proposal.set_key(key);
    proposal.set_reason("seen twice");
    AddPart(proposal, 32, 0, Notes("twice"));
    return proposal;
  }
  static void AddPart(v1::Proposal& proposal, uint32_t field, uint64_t item, const std::string& value) {
    v1::ProposedPart& part = *proposal.add_part();
    part.set_field(field);
    part.set_item(item);
    part.set_value(value);
  }
  static std::string Notes(const std::string& text) {
    v1::Incident notes;
    notes.set_notes(text);
    return notes.SerializeAsString();
  }
  v1::Excerpt& AddExcerpt(const std::string& of) {
    v1::Excerpt& excerpt = *account_->add_excerpt();
    excerpt.set_of(of);
    excerpt.set_exact("three militants");
    excerpt.set_from(10);
    excerpt.set_to(25);
    return excerpt;
  }
  std::vector<FieldProblem> Problems() const {
    return Validate(v1::RecordKind::INCIDENT, incident_, Uuid::FromName("self"), AnySource);
  }

  v1::Incident incident_;
  v1::Account* account_;
};

TEST_F(ValidateReviewTest, AcceptsACommentOnAPartAndAnAnswerToIt) {
  v1::Comment& comment = AddComment(1);
  comment.set_field(41);
  comment.set_item(7);
  AddComment(2).set_reply_to(1);
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(ValidateReviewTest, ACommentOutlivesThePartThatItIsAbout) {
  v1::Comment& comment = AddComment(1);
  comment.set_field(41);
  comment.set_item(8);
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(ValidateReviewTest, RefusesACommentOnAPartThatTheKindDoesNotHave) {
  AddComment(1).set_field(60);
  EXPECT_THAT(Problems(), ElementsAre(Problem("comments[0].field", "no such part")));
}

TEST_F(ValidateReviewTest, LetsACommentOnAFieldOfANewerSchemaPass) {
  AddComment(1).set_field(33);
  incident_.GetReflection()->MutableUnknownFields(&incident_)->AddVarint(33, 7);
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(ValidateReviewTest, RefusesACommentOnAnItemOfAFieldWithoutItems) {
  v1::Comment& comment = AddComment(1);
  comment.set_field(32);
  comment.set_item(5);
  EXPECT_THAT(Problems(), ElementsAre(Problem("comments[0].item", "the field has none")));
}

TEST_F(ValidateReviewTest, RefusesAnAnswerToNothingAndToItself) {
  AddComment(1).set_reply_to(9);
  AddComment(2).set_reply_to(2);
  EXPECT_THAT(Problems(), ElementsAre(Problem("comments[0].reply_to", "no comment of this record"),
                                      Problem("comments[1].reply_to", "itself")));
}

TEST_F(ValidateReviewTest, RefusesCommentsThatAnswerEachOther) {
  AddComment(1).set_reply_to(2);
  AddComment(2).set_reply_to(1);
  EXPECT_THAT(Problems(),
              ElementsAre(Problem("comments[0].reply_to", "circle"), Problem("comments[1].reply_to", "circle")));
}

TEST_F(ValidateReviewTest, RefusesACommentWithoutWordsAndOneOfNoTime) {
  v1::Comment& comment = AddComment(1);
  comment.clear_text();
  comment.set_at_ms(-1);
  EXPECT_THAT(Problems(),
              ElementsAre(Problem("comments[0].text", "required"), Problem("comments[0].at_ms", "not a time")));
}

TEST_F(ValidateReviewTest, RefusesMoreCommentsThanAReaderCanRead) {
  for (uint64_t key = 1; key <= kMaxComments + 1; ++key) AddComment(key);
  EXPECT_THAT(Problems(), ElementsAre(Problem("comments", "at most 500")));
}

TEST_F(ValidateReviewTest, AcceptsAProposal) {
  AddProposal(1);
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(ValidateReviewTest, AProposalGivesAReasonAndChangesSomething) {
  v1::Proposal& proposal = AddProposal(1);
  proposal.clear_reason();
  proposal.clear_part();
  EXPECT_THAT(Problems(),
              ElementsAre(Problem("proposals[0].reason", "required"), Problem("proposals[0].parts", "required")));
}

TEST_F(ValidateReviewTest, RefusesPartsOutOfOrderAndTwice) {
  v1::Proposal& proposal = AddProposal(1);
  AddPart(proposal, 31, 0, "");
  AddPart(proposal, 31, 0, "");
  EXPECT_THAT(Problems(), ElementsAre(Problem("proposals[0].parts[1]", "out of order"),
                                      Problem("proposals[0].parts[2]", "out of order")));
}

TEST_F(ValidateReviewTest, RefusesAValueThatIsAnotherPart) {
  AddPart(AddProposal(1), 33, 0, Notes("not of field 33"));
  EXPECT_THAT(Problems(), ElementsAre(Problem("proposals[0].parts[1]", "not exactly that part")));
}

TEST_F(ValidateReviewTest, RefusesAValueThatCannotBeRead) {
  v1::Proposal& proposal = AddProposal(1);
  // An account whose date is cut short within itself.
  std::string item = std::string("\x08\x07") + "\xa2\x01\x01\x08";
  AddPart(proposal, 41, 7, "\xca\x02" + std::string(1, static_cast<char>(item.size())) + item);
  EXPECT_THAT(Problems(), ElementsAre(Problem("proposals[0].parts[1]", "cannot be read")));
}

TEST_F(ValidateReviewTest, AProposalDoesNotChangeWhatIsSaidAboutTheRecord) {
  v1::Proposal& proposal = AddProposal(1);
  AddPart(proposal, kCommentField, 3, "");
  AddPart(proposal, kProposalField, 1, "");
  EXPECT_THAT(Problems(), ElementsAre(Problem("proposals[0].parts[1]", "what the record says"),
                                      Problem("proposals[0].parts[2]", "what the record says")));
}

TEST_F(ValidateReviewTest, RefusesAProposalOfTooManyParts) {
  v1::Proposal& proposal = AddProposal(1);
  for (uint64_t key = 1; key <= kMaxProposedParts; ++key) AddPart(proposal, 44, key, "");
  EXPECT_THAT(Problems(), ElementsAre(Problem("proposals[0].parts", "101 parts; at most 100")));
}

TEST_F(ValidateReviewTest, RefusesAProposalOfTooManyBytes) {
  v1::Proposal& proposal = AddProposal(1);
  for (uint64_t key = 1; key <= 5; ++key) {
    v1::Incident tag;
    tag.add_tag()->set_key(key);
    tag.mutable_tag(0)->set_text(std::string(60'000, 'a'));
    AddPart(proposal, 44, key, tag.SerializeAsString());
  }
  EXPECT_THAT(Problems(), ElementsAre(Problem("proposals[0].parts", "at most 262144")));
}

TEST_F(ValidateReviewTest, AcceptsAnExcerptOfAValueInAList) {
  AddExcerpt("killed[0].best");
  AddExcerpt("killed[0]");
  AddExcerpt("date");
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(ValidateReviewTest, RefusesAnExcerptOfAValueThatTheAccountDoesNotHave) {
  AddExcerpt("killed[1]");
  AddExcerpt("place");
  AddExcerpt("weather");
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].excerpts[0].of", "does not have"),
                                      Problem("accounts[0].excerpts[1].of", "does not have"),
                                      Problem("accounts[0].excerpts[2].of", "no weather")));
}

TEST_F(ValidateReviewTest, RefusesAnExcerptWhosePathIsNone) {
  for (const char* path : {"killed[", "killed[x]", "killed[-1]", ".date", "date.", "killed.best"}) AddExcerpt(path);
  EXPECT_EQ(Problems().size(), 6u);
}

TEST_F(ValidateReviewTest, LetsAnExcerptOfANewerSchemaPass) {
  AddExcerpt("weather");
  account_->GetReflection()->MutableUnknownFields(account_)->AddVarint(90, 7);
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(ValidateReviewTest, RefusesAnExcerptThatEndsBeforeItBegins) {
  AddExcerpt("date").set_to(9);
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].excerpts[0].to", "before the beginning")));
}

TEST_F(ValidateReviewTest, RefusesAnExcerptBeyondAnyPassage) {
  AddExcerpt("date").set_to(4'000'000'000);
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].excerpts[0].to", "is beyond")));
}

TEST_F(ValidateReviewTest, RefusesMoreExcerptsThanAnAccountHasValues) {
  for (int i = 0; i < 201; ++i) AddExcerpt("date");
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].excerpts", "at most 200")));
}

}  // namespace
}  // namespace daftar
