// daftarctl on workstations in a temporary folder, without a server unless a test brings one.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/temporary_folder.h"
#include "tests/unit/client/sync/fake_network.h"
#include "tools/ctl/program.h"

namespace daftar::ctl {

// No server, anywhere.
class NoServer final : public Connector {
 public:
  StatusOr<std::unique_ptr<Link>> Connect(int) override { return Unavailable("nobody answers"); }
};

class CtlFixture : public ::testing::Test {
 protected:
  // What a run left behind.
  struct Ended {
    int exit_code;
    std::string out, err;
  };

  virtual std::unique_ptr<Connector> NewConnector() { return std::make_unique<NoServer>(); }

  Ended Run(std::vector<std::string> arguments, const std::string& replica = "replica") {
    std::ostringstream out, err;
    arguments.insert(arguments.end(), {"--replica", home_.File(replica)});
    const int code =
        RunProgram(arguments, {clock_, random_, [this](const std::string&, const KeyPair&) { return NewConnector(); },
                               [this] { return std::make_unique<FakeNetwork>(clock_); }, false, 80, out, err});
    return {code, out.str(), err.str()};
  }
  // The answer as JSON of a run that has to end well.
  nlohmann::json Ask(std::vector<std::string> arguments, const std::string& replica = "replica") {
    arguments.push_back("--json");
    const Ended ended = Run(std::move(arguments), replica);
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    return nlohmann::json::parse(ended.out, nullptr, false);
  }

  TemporaryFolder home_;
  FakeClock clock_{1'700'000'000'000};
  SeededRandom random_{5};
};

}  // namespace daftar::ctl
