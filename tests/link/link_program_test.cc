// The link as a program: flags, counters and its end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <nlohmann/json.hpp>

#include "tests/integration/program.h"
#include "tests/link/test_socket.h"

namespace daftar {
namespace {

using nlohmann::json;

TEST(LinkProgram, CarriesWithItsFlagsAndSaysWhatItCarried) {
  TestSocket listener = TestSocket::Listen();
  Program program(
      {LINK_PROXY, "127.0.0.1:" + std::to_string(listener.port()), "--write-bytes-up", "2", "--cut-after-down", "3"});
  const int port = json::parse(program.ReadLine()).at("port");
  TestSocket client = TestSocket::Connect(port);
  TestSocket server = listener.Accept();
  ASSERT_TRUE(client.Send("abcdef"));
  EXPECT_EQ(server.ReceiveAll(6), "abcdef");
  program.Signal(SIGUSR1);
  const json counters = json::parse(program.ReadLine());
  EXPECT_EQ(counters.at("connections"), 1);
  EXPECT_EQ(counters.at("open"), 1);
  EXPECT_EQ(counters.at("up"), json({{"taken", 6}, {"delivered", 6}, {"writes", 3}}));
  ASSERT_TRUE(server.Send("ghijkl"));
  EXPECT_EQ(client.ReceiveAll(6), "ghi");
  program.Signal(SIGTERM);
  const json last = json::parse(program.ReadLine());
  EXPECT_EQ(last.at("cuts"), 1);
  EXPECT_EQ(last.at("open"), 0);
  EXPECT_EQ(program.Wait().exit_code, 0);
}

TEST(LinkProgram, RefusesFlagsThatItDoesNotKnow) {
  EXPECT_EQ(RunProgram({LINK_PROXY, "127.0.0.1:1", "--faster"}).exit_code, 2);
  EXPECT_EQ(RunProgram({LINK_PROXY, "nowhere"}).exit_code, 3);
}

}  // namespace
}  // namespace daftar
