#include "tests/integration/stations.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>

namespace daftar {

SampleServer::SampleServer(const std::string& folder) : folder_(folder) {
  const Ended init = RunProgram({DAFTARD, "init", "--data", folder, "--sample"});
  EXPECT_EQ(init.exit_code, 0) << init.err;
  Start();
}

void SampleServer::Stop() {
  program_->Signal(SIGTERM);
  program_->Wait();
}

void SampleServer::Start() {
  program_ = std::make_unique<Program>(
      std::vector<std::string>{DAFTARD, "serve", "--data", folder_, "--listen", address_, "--insecure-loopback"});
  const std::string line = program_->ReadLine();
  const std::string said = "listening on ";
  EXPECT_TRUE(line.starts_with(said)) << line;
  address_ = line.starts_with(said) ? line.substr(said.size()) : "127.0.0.1:1";
}

Station::Station(const std::string& folder, const std::string& server, const std::string& author) : folder_(folder) {
  const Ended init = Run({"init", "--server", server, "--author", author});
  EXPECT_EQ(init.exit_code, 0) << init.err;
}

Ended Station::Run(const std::vector<std::string>& arguments) const {
  std::vector<std::string> command = {DAFTARCTL, "--replica", folder_};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return RunProgram(command);
}

nlohmann::json Station::Ask(std::vector<std::string> arguments, int exit_code) const {
  arguments.push_back("--json");
  const Ended ended = Run(arguments);
  EXPECT_EQ(ended.exit_code, exit_code) << ended.err;
  nlohmann::json json = nlohmann::json::parse(ended.out, nullptr, /*allow_exceptions=*/false);
  EXPECT_TRUE(json.is_object()) << ended.out << ended.err;
  return json.is_object() ? json : nlohmann::json::object();
}

nlohmann::json Station::AskInVain(std::vector<std::string> arguments, int exit_code) const {
  arguments.push_back("--json");
  const Ended ended = Run(arguments);
  EXPECT_EQ(ended.exit_code, exit_code) << ended.out << ended.err;
  EXPECT_EQ(ended.out, "");
  nlohmann::json json = nlohmann::json::parse(ended.err, nullptr, /*allow_exceptions=*/false);
  EXPECT_TRUE(json.is_object()) << ended.err;
  return json.is_object() ? json : nlohmann::json{{"problems", nlohmann::json::array()}};
}

void WriteText(const std::string& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

}  // namespace daftar
