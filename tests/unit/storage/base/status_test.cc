// Errors keep their code and gather context on the way up.
#include "storage/base/status.h"

#include <gtest/gtest.h>

namespace daftar {
namespace {

Status FailingStep() { return NotFound("no such record"); }

StatusOr<int> FailingValue() { return FailingStep(); }

Status LeavesAtTheError(bool& went_on) {
  DAFTAR_RETURN_IF_ERROR(FailingStep());
  went_on = true;
  return OkStatus();
}

StatusOr<int> AddsOne(StatusOr<int> number) {
  DAFTAR_ASSIGN_OR_RETURN(const int value, std::move(number));
  return value + 1;
}

TEST(StatusTest, ContextStandsBeforeTheMessage) {
  EXPECT_EQ(Message(WithContext(NotFound("no such record"), "showing I01")), "showing I01: no such record");
}

TEST(StatusTest, ContextKeepsTheCode) { EXPECT_EQ(WithContext(DataLoss("x"), "y").code(), StatusCode::kDataLoss); }

TEST(StatusTest, SuccessNeedsNoContext) { EXPECT_TRUE(WithContext(OkStatus(), "showing I01").ok()); }

TEST(ReturnIfErrorTest, LeavesTheFunction) {
  bool went_on = false;
  EXPECT_EQ(LeavesAtTheError(went_on), FailingStep());
  EXPECT_FALSE(went_on);
}

TEST(AssignOrReturnTest, GivesTheValueOrLeaves) {
  EXPECT_EQ(*AddsOne(41), 42);
  EXPECT_EQ(AddsOne(FailingValue()).status(), FailingStep());
}

TEST(CheckDeathTest, SaysWhatDoesNotHoldAndWhere) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(DAFTAR_CHECK(1 + 1 == 3), "internal error: 1 \\+ 1 == 3 does not hold at .*status_test.cc:");
}

}  // namespace
}  // namespace daftar
