#include "client/model/names.h"

#include <gtest/gtest.h>

#include "tests/unit/client/model/fake_view.h"

namespace daftar {
namespace {

TEST(NamesTest, ARecordThatASliceDoesNotHoldIsNotSaidToBeUnknown) {
  FakeView view;
  const std::string elsewhere = Uuid::FromName("elsewhere").str();
  EXPECT_EQ(Names(view, "en").LinkTo(elsewhere).text, "(unknown record)");
  view.set_holds_slice(true);
  EXPECT_EQ(Names(view, "en").LinkTo(elsewhere).text, "(outside the slice)");
  EXPECT_EQ(Names(view, "en").RelationTitle(elsewhere, v1::RelationType::PRECEDES, false, elsewhere),
            "(outside the slice) — precedes — (outside the slice)");
}

}  // namespace
}  // namespace daftar
