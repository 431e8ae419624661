// What a laptop's battery changes, and preferences that are written behind the drawing thread's back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>

#include "client/app/power_source.h"
#include "client/app/preferences_keeper.h"
#include "tests/temporary_folder.h"

namespace daftar::app {
namespace {

class PowerSourceTest : public testing::Test {
 protected:
  void Supply(const std::string& name, const std::vector<std::pair<std::string, std::string>>& files) {
    std::filesystem::create_directories(folder_.File(name));
    for (const auto& [file, word] : files) std::ofstream(folder_.File(name + "/" + file)) << word << "\n";
  }
  std::optional<bool> OnBattery() const { return LinuxPowerSource(folder_.path()).OnBattery(); }

  TemporaryFolder folder_;
};

TEST_F(PowerSourceTest, ALaptopOutOfItsSocketRunsOnItsBattery) {
  Supply("AC", {{"type", "Mains"}, {"online", "0"}});
  Supply("BAT0", {{"type", "Battery"}, {"status", "Discharging"}});
  EXPECT_EQ(OnBattery(), true);
}

TEST_F(PowerSourceTest, APluggedInLaptopDoesNot) {
  Supply("AC", {{"type", "Mains"}, {"online", "1"}});
  Supply("BAT0", {{"type", "Battery"}, {"status", "Charging"}});
  EXPECT_EQ(OnBattery(), false);
}

TEST_F(PowerSourceTest, ABatteryThatDoesNotDischargeIsEnoughToTell) {
  Supply("BAT0", {{"type", "Battery"}, {"status", "Full"}});
  EXPECT_EQ(OnBattery(), false);
}

TEST_F(PowerSourceTest, AMouseWithABatteryMakesNoLaptop) {
  Supply("mouse", {{"type", "Battery"}, {"scope", "Device"}, {"status", "Discharging"}});
  EXPECT_EQ(OnBattery(), std::nullopt);
}

TEST_F(PowerSourceTest, WithoutAnySupplyNobodyKnows) {
  EXPECT_EQ(OnBattery(), std::nullopt);
  EXPECT_EQ(LinuxPowerSource(folder_.File("nowhere")).OnBattery(), std::nullopt);
}

TEST(PreferencesKeeperTest, TheLastOnesAreWrittenBeforeItEnds) {
  std::vector<float> written;
  {
    PreferencesKeeper keeper(
        [&](const Preferences& preferences) {
          written.push_back(preferences.scale);
          return OkStatus();
        },
        [](const Status&) {});
    for (const float scale : {1.0f, 1.1f, 1.2f}) keeper.Keep({.scale = scale});
  }
  ASSERT_FALSE(written.empty());
  EXPECT_EQ(written.back(), 1.2f);
}

TEST(PreferencesKeeperTest, WhoeverKeepsDoesNotWaitForTheDisk) {
  Mutex mutex;
  CondVar changed;
  bool may_write = false;
  std::atomic<int> written = 0;
  {
    PreferencesKeeper keeper(
        [&](const Preferences&) {
          MutexLock lock(mutex);
          while (!may_write) changed.Wait(mutex);
          ++written;
          return OkStatus();
        },
        [](const Status&) {});
    // Comes back although nothing can be written; the second of the three is never written.
    for (const float scale : {1.0f, 1.1f, 1.2f}) keeper.Keep({.scale = scale});
    EXPECT_EQ(written, 0);
    MutexLock lock(mutex);
    may_write = true;
    changed.NotifyAll();
  }
  EXPECT_GE(written, 1);
  EXPECT_LE(written, 3);
}

TEST(PreferencesKeeperTest, WhatCannotBeWrittenIsTold) {
  std::string told;
  {
    PreferencesKeeper keeper([](const Preferences&) { return DataLoss("no room"); },
                             [&](const Status& status) { told = Message(status); });
    keeper.Keep({});
  }
  EXPECT_EQ(told, "no room");
}

}  // namespace
}  // namespace daftar::app
