// Searches that are typed: what is asked of the library, and when.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "client/app/desk.h"
#include "client/model/address.h"
#include "storage/base/mutex.h"
#include "tests/ui/bare_book.h"

namespace daftar::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// A book in which every search finds one record, of one type; it notes what it is asked.
class TypedBook final : public BareBook {
 public:
  StatusOr<Content> Read(const Address& address, bool, const std::atomic<bool>&) override {
    if (address.word != "search") return Content(Home());
    MutexLock lock(mutex_);
    read_.push_back(address.Param("q") + (address.Param("facets") == "no" ? " uncounted" : ""));
    SearchPage page;
    page.query = address.Param("q");
    page.total = 2;
    page.rows.emplace_back().title = page.query;
    page.uncounted = address.Param("facets") == "no";
    if (!page.uncounted) page.rows.emplace_back().title = "another " + page.query;
    if (!page.uncounted) page.facets.push_back({.field = "type", .label = page.query, .values = {}});
    return Content(std::move(page));
  }

  std::vector<std::string> read() {
    MutexLock lock(mutex_);
    return read_;
  }

 private:
  Mutex mutex_;
  std::vector<std::string> read_ DAFTAR_GUARDED_BY(mutex_);
};

class DeskSearchTest : public testing::Test {
 protected:
  DeskSearchTest() : desk_(book_, [this] { Wake(); }, {}, {{HomeAddress()}}) { desk_.WaitUntilSettled(); }
  void Wake() {
    MutexLock lock(mutex_);
    woken_ = true;
    changed_.NotifyAll();
  }
  // Until what was typed is on the screen.
  void Type(const std::string& text) {
    desk_.Search(text);
    while (!desk_.settled()) {
      {
        MutexLock lock(mutex_);
        while (!woken_) changed_.Wait(mutex_);
        woken_ = false;
      }
      desk_.Drain();
    }
  }
  const SearchPage& Shown() { return std::get<SearchPage>(desk_.screen().content); }

  Mutex mutex_;
  CondVar changed_;
  bool woken_ DAFTAR_GUARDED_BY(mutex_) = false;
  TypedBook book_;
  Desk desk_;
};

TEST_F(DeskSearchTest, HitsAreShownBeforeAnythingIsCounted) {
  desk_.Tick(1000);
  Type("clash");
  EXPECT_THAT(Shown().rows, SizeIs(1));
  EXPECT_THAT(Shown().facets, IsEmpty());
  EXPECT_THAT(book_.read(), ElementsAre("clash uncounted"));
}

TEST_F(DeskSearchTest, WhatWouldNarrowThemIsCountedOnceTypingRests) {
  desk_.Tick(1000);
  Type("clash");
  EXPECT_EQ(desk_.due_ms(), 1000 + Desk::kCountRestMs);
  desk_.Tick(1000 + Desk::kCountRestMs - 1);
  EXPECT_EQ(desk_.due_ms(), 1000 + Desk::kCountRestMs);
  desk_.Tick(1000 + Desk::kCountRestMs);
  EXPECT_EQ(desk_.due_ms(), std::nullopt);
  desk_.WaitUntilSettled();
  EXPECT_THAT(book_.read(), ElementsAre("clash uncounted", "clash"));
  EXPECT_THAT(Shown().facets, SizeIs(1));
}

TEST_F(DeskSearchTest, ThereAreMoreHitsOnceTypingRests) {
  Type("clash");
  EXPECT_THAT(Shown().rows, SizeIs(1));
  desk_.WaitUntilSettled();
  EXPECT_THAT(Shown().rows, SizeIs(2));
  EXPECT_FALSE(Shown().uncounted);
}

TEST_F(DeskSearchTest, WhatWasTypedIsAwaitedOnceAndThenDrained) {
  desk_.Search("clash");
  while (!desk_.AwaitHits()) desk_.Search("clash");
  EXPECT_EQ(desk_.Drain(), 1u);
  EXPECT_EQ(Shown().query, "clash");
  EXPECT_FALSE(desk_.AwaitHits());
}

TEST_F(DeskSearchTest, NobodyWaitsForAPageThatWasNotTyped) {
  desk_.Open(SearchAddress("clash"));
  EXPECT_FALSE(desk_.AwaitHits());
}

TEST_F(DeskSearchTest, AnotherLetterPutsTheCountingOff) {
  desk_.Tick(1000);
  Type("clas");
  desk_.Tick(1000 + Desk::kCountRestMs - 1);
  Type("clash");
  desk_.Tick(1000 + Desk::kCountRestMs);
  EXPECT_THAT(book_.read(), ElementsAre("clas uncounted", "clash uncounted"));
}

TEST_F(DeskSearchTest, WhatWasCountedStaysUntilTheNextIsCounted) {
  Type("clas");
  desk_.WaitUntilSettled();
  Type("clash");
  ASSERT_THAT(Shown().facets, SizeIs(1));
  EXPECT_EQ(Shown().facets[0].label, "clas");
  desk_.WaitUntilSettled();
  EXPECT_EQ(Shown().facets[0].label, "clash");
}

TEST_F(DeskSearchTest, ASearchThatIsOpenedIsCountedAtOnce) {
  desk_.Open(SearchAddress("clash"));
  desk_.WaitUntilSettled();
  EXPECT_THAT(book_.read(), ElementsAre("clash"));
}

}  // namespace
}  // namespace daftar::app
