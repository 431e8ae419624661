#include "client/transport/linux_network_watch.h"

#include <gtest/gtest.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include <string>

namespace daftar {
namespace {

template <typename Body>
std::string Message(int type, const Body& body) {
  nlmsghdr header{};
  header.nlmsg_len = sizeof header + sizeof body;
  header.nlmsg_type = static_cast<uint16_t>(type);
  std::string message(reinterpret_cast<const char*>(&header), sizeof header);
  message.append(reinterpret_cast<const char*>(&body), sizeof body);
  message.resize(NLMSG_ALIGN(message.size()));
  return message;
}

std::string LinkMessage(unsigned flags, int index = 2) {
  ifinfomsg link{};
  link.ifi_index = index;
  link.ifi_flags = flags;
  return Message(RTM_NEWLINK, link);
}

std::string AddressMessage(unsigned char scope) {
  ifaddrmsg address{};
  address.ifa_scope = scope;
  return Message(RTM_NEWADDR, address);
}

constexpr unsigned kRunning = IFF_UP | IFF_RUNNING;

class SaysNetworkUpTest : public ::testing::Test {
 protected:
  bool Says(const std::string& messages) { return SaysNetworkUp(messages, known_); }

 private:
  KnownInterfaces known_;
};

TEST_F(SaysNetworkUpTest, WhenAnInterfaceBeginsToCarryData) {
  EXPECT_FALSE(Says(LinkMessage(IFF_UP))) << "no cable";
  EXPECT_TRUE(Says(LinkMessage(kRunning)));
  EXPECT_FALSE(Says(LinkMessage(kRunning))) << "told again, for some other reason";
  EXPECT_FALSE(Says(LinkMessage(IFF_UP)));
  EXPECT_TRUE(Says(LinkMessage(kRunning)));
}

TEST_F(SaysNetworkUpTest, WhenAnInterfaceThatWentAwayComesBack) {
  ifinfomsg gone{};
  gone.ifi_index = 2;
  EXPECT_TRUE(Says(LinkMessage(kRunning)));
  EXPECT_FALSE(Says(Message(RTM_DELLINK, gone)));
  EXPECT_TRUE(Says(LinkMessage(kRunning)));
}

TEST_F(SaysNetworkUpTest, WhenThereIsANewAddress) { EXPECT_TRUE(Says(AddressMessage(RT_SCOPE_UNIVERSE))); }

TEST_F(SaysNetworkUpTest, NotOfLoopback) {
  EXPECT_FALSE(Says(LinkMessage(kRunning | IFF_LOOPBACK, 1)));
  EXPECT_FALSE(Says(AddressMessage(RT_SCOPE_HOST)));
}

TEST_F(SaysNetworkUpTest, ReadsAllMessagesOfAPiece) {
  EXPECT_TRUE(Says(AddressMessage(RT_SCOPE_HOST) + LinkMessage(IFF_UP) + AddressMessage(RT_SCOPE_UNIVERSE)));
}

TEST_F(SaysNetworkUpTest, WhatIsCutOffOrMakesNoSenseIsNotRead) {
  const std::string whole = AddressMessage(RT_SCOPE_UNIVERSE);
  for (size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(Says(whole.substr(0, size)));
  nlmsghdr header{};
  header.nlmsg_len = 3;  // less than the header itself
  EXPECT_FALSE(Says(std::string(reinterpret_cast<const char*>(&header), sizeof header) + whole));
}

TEST(LinuxNetworkWatchTest, AWakeEndsTheNextWaitAndNoOther) {
  const std::unique_ptr<NetworkWatch> watch = MakeNetworkWatch();
  watch->Wake();
  watch->Wake();
  EXPECT_EQ(watch->Wait(-1), NetworkWatch::Reason::kWoken);
  EXPECT_EQ(watch->Wait(0), NetworkWatch::Reason::kTime);
}

}  // namespace
}  // namespace daftar
