// `daftard` as its keeper uses it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>
#include <string>
#include <vector>

#include "tests/integration/program.h"
#include "tests/temporary_folder.h"

namespace daftar {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

class DaftardTest : public ::testing::Test {
 protected:
  std::string folder() const { return home_.File("data"); }
  // The program with a verb for the folder.
  std::vector<std::string> Command(const std::string& verb, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {DAFTARD, verb, "--data", folder()};
    command.insert(command.end(), more.begin(), more.end());
    return command;
  }
  Ended Run(const std::string& verb, const std::vector<std::string>& more = {}) const {
    return RunProgram(Command(verb, more));
  }
  void InitWithSample() const { ASSERT_EQ(Run("init", {"--sample"}).exit_code, 0); }

  TemporaryFolder home_;
};

const std::vector<std::string> kLoopback = {"--listen", "127.0.0.1:0", "--insecure-loopback"};

TEST_F(DaftardTest, InitSaysHowManyRecordsOfEachKindItLoaded) {
  const Ended init = Run("init", {"--sample"});
  EXPECT_EQ(init.exit_code, 0) << init.err;
  EXPECT_THAT(init.out, HasSubstr("28 incident\n"));
}

TEST_F(DaftardTest, InitLeavesADatasetThatIsThereAlone) {
  InitWithSample();
  const Ended again = Run("init");
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_THAT(again.err, HasSubstr("already"));
  EXPECT_THAT(Run("check").out, HasSubstr("revision 1\n"));
}

TEST_F(DaftardTest, ChecksAHealthyDataset) {
  InitWithSample();
  const Ended check = Run("check");
  EXPECT_EQ(check.exit_code, 0) << check.err;
  EXPECT_THAT(check.out, HasSubstr("revision 1\ndigest   "));
}

TEST_F(DaftardTest, CheckFindsADamagedRecord) {
  InitWithSample();
  const std::string file = folder() + "/data.mdb";
  std::string bytes;
  {
    std::ifstream in(file, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  // Every copy of a text that only records hold.
  const std::string text = "Crossing and clash in Darvoz";
  size_t changed = 0;
  for (size_t at = bytes.find(text); at != std::string::npos; at = bytes.find(text, at + 1), ++changed) bytes[at] = 'X';
  ASSERT_GT(changed, 0u);
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
  const Ended check = Run("check");
  EXPECT_EQ(check.exit_code, 9) << check.out << check.err;
}

TEST_F(DaftardTest, ServesNothingWhereNoDatasetIs) {
  const Ended serve = Run("serve", kLoopback);
  EXPECT_EQ(serve.exit_code, 3);
  EXPECT_THAT(serve.err, HasSubstr("daftard init"));
}

TEST_F(DaftardTest, RefusesToListenBeyondThisMachine) {
  InitWithSample();
  const Ended serve = Run("serve", {"--listen", "0.0.0.0:0", "--insecure-loopback"});
  EXPECT_EQ(serve.exit_code, 2);
  EXPECT_THAT(serve.err, HasSubstr("will not listen on 0.0.0.0:0"));
}

TEST_F(DaftardTest, ServesByTlsUnlessPlaintextWasAskedForAndTellsTheAddressWithItsKey) {
  InitWithSample();
  Program serve(Command("serve", {"--listen", "127.0.0.1:0"}));
  const std::string listening = serve.ReadLine();
  ASSERT_THAT(listening, StartsWith("listening on 127.0.0.1:"));
  EXPECT_THAT(serve.ReadLine(), MatchesRegex("address for workstations: " + listening.substr(13) + "/[0-9a-f]{64}"));
}

TEST_F(DaftardTest, LetsADeviceInAndOutAgain) {
  InitWithSample();
  const std::string key(64, '1');
  const auto device = [this](const std::string& verb, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {DAFTARD, "device", verb, "--data", folder()});
    return RunProgram(more);
  };
  EXPECT_THAT(device("list").out, HasSubstr("no device is let in yet"));
  EXPECT_EQ(device("allow", {key, "--edit", "--name", "the desk"}).exit_code, 0);
  EXPECT_THAT(device("list").out, HasSubstr("edit  " + key + "  the desk\n"));
  EXPECT_EQ(device("revoke", {key}).exit_code, 0);
  EXPECT_THAT(device("list").out, HasSubstr("no device is let in yet"));
}

TEST_F(DaftardTest, LetsADeviceSuggestAndNotEdit) {
  InitWithSample();
  const std::string key(64, '1');
  const auto allow = [&](const std::vector<std::string>& rights) {
    std::vector<std::string> command = {DAFTARD, "device", "allow", "--data", folder(), key};
    command.insert(command.end(), rights.begin(), rights.end());
    return RunProgram(command);
  };
  EXPECT_THAT(allow({"--suggest"}).out, HasSubstr("may read and suggest"));
  EXPECT_THAT(RunProgram({DAFTARD, "device", "list", "--data", folder()}).out, HasSubstr("suggest  " + key));
  EXPECT_EQ(allow({"--suggest", "--edit"}).exit_code, 2);
}

TEST_F(DaftardTest, KnowsWhichMarkingsThereAre) {
  InitWithSample();
  const Ended ended = RunProgram({DAFTARD, "serve", "--data", folder(), "--two-person", "purple"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.err, HasSubstr("amber+strict"));
}

TEST_F(DaftardTest, DevicesOfNoDatasetAreRefused) {
  const Ended ended = RunProgram({DAFTARD, "device", "list", "--data", folder()});
  EXPECT_EQ(ended.exit_code, 3);
  EXPECT_THAT(ended.err, HasSubstr("daftard init"));
}

TEST_F(DaftardTest, EndsWellAtSigterm) {
  InitWithSample();
  Program serve(Command("serve", kLoopback));
  EXPECT_THAT(serve.ReadLine(), StartsWith("listening on 127.0.0.1:"));
  serve.Signal(SIGTERM);
  const Ended ended = serve.Wait();
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("event=stopped"));
}

TEST_F(DaftardTest, WritesItsPortIntoAFile) {
  InitWithSample();
  std::vector<std::string> options = kLoopback;
  options.insert(options.end(), {"--port-file", home_.File("port")});
  Program serve(Command("serve", options));
  const std::string line = serve.ReadLine();
  std::string port;
  std::getline(std::ifstream(home_.File("port")), port);
  EXPECT_EQ(line, "listening on 127.0.0.1:" + port);
}

TEST_F(DaftardTest, RefusesADatasetThatIsBeingServed) {
  InitWithSample();
  Program serve(Command("serve", kLoopback));
  serve.ReadLine();
  EXPECT_EQ(Run("serve", kLoopback).exit_code, 8);
}

TEST_F(DaftardTest, RefusesAPortThatIsTaken) {
  InitWithSample();
  Program serve(Command("serve", kLoopback));
  const std::string address = serve.ReadLine().substr(std::string("listening on ").size());
  ASSERT_EQ(RunProgram({DAFTARD, "init", "--data", home_.File("other")}).exit_code, 0);
  const Ended second =
      RunProgram({DAFTARD, "serve", "--data", home_.File("other"), "--listen", address, "--insecure-loopback"});
  EXPECT_EQ(second.exit_code, 8);
  EXPECT_THAT(second.err, HasSubstr("cannot listen on " + address));
}

}  // namespace
}  // namespace daftar
