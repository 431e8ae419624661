#include "client/ui/input_queue.h"

#include <gtest/gtest.h>

namespace daftar::ui {
namespace {

constexpr int kDown = 1, kUp = 0, kCtrl = 341, kK = 75;

TEST(InputQueueTest, AQuickPressTakesTwoFrames) {
  InputQueue queue;
  queue.Push({.key = kK, .action = kDown});
  queue.Push({.key = kK, .action = kUp});
  EXPECT_EQ(queue.TakeFrame().size(), 1u);
  EXPECT_EQ(queue.TakeFrame().size(), 1u);
  EXPECT_TRUE(queue.empty());
}

TEST(InputQueueTest, AModifierIsStillDownInTheFrameOfItsKey) {
  InputQueue queue;
  queue.Push({.key = kCtrl, .action = kDown});
  queue.Push({.key = kK, .action = kDown});
  queue.Push({.key = kK, .action = kUp});
  queue.Push({.key = kCtrl, .action = kUp});
  std::vector<KeyEvent> frame = queue.TakeFrame();
  ASSERT_EQ(frame.size(), 2u);
  EXPECT_EQ(frame[1].key, kK);
}

TEST(InputQueueTest, AModifierLetGoFirstIsStillDownInTheFrameOfItsKey) {
  InputQueue queue;
  queue.Push({.key = kK, .action = kDown});
  queue.Push({.key = kCtrl, .action = kUp});
  queue.Push({.key = kK, .action = kUp});
  EXPECT_EQ(queue.TakeFrame().size(), 1u);
}

TEST(InputQueueTest, CharactersKeepTheirPlaceAmongKeys) {
  InputQueue queue;
  queue.Push({.key = kK, .action = kDown});
  queue.Push({.character = 'k'});
  queue.Push({.key = kK, .action = kUp});
  std::vector<KeyEvent> frame = queue.TakeFrame();
  ASSERT_EQ(frame.size(), 2u);
  EXPECT_EQ(frame[1].character, static_cast<unsigned>('k'));
}

TEST(InputQueueTest, NothingWaitingGivesAnEmptyFrame) { EXPECT_TRUE(InputQueue().TakeFrame().empty()); }

}  // namespace
}  // namespace daftar::ui
