// A server with the sample and the workstations of it, all by the real programs on loopback.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/integration/program.h"
#include "tests/temporary_folder.h"

namespace daftar {

// `daftard` with the sample, until it is destroyed.
class SampleServer {
 public:
  // Makes the dataset in the folder and serves it. Fails the test if that does not work.
  explicit SampleServer(const std::string& folder);
  // Ends it, and serves again what it served, at the same address.
  void Stop();
  void Start();
  // "127.0.0.1:40123".
  const std::string& address() const { return address_; }

 private:
  const std::string folder_;
  std::unique_ptr<Program> program_;
  std::string address_ = "127.0.0.1:0";
};

// A workstation, used through `daftarctl`.
class Station {
 public:
  // Makes an empty one in the folder.
  Station(const std::string& folder, const std::string& server, const std::string& author);
  const std::string& folder() const { return folder_; }

  // Runs a verb to its end.
  Ended Run(const std::vector<std::string>& arguments) const;
  // The verb's answer with --json. Fails the test if its exit code is another one.
  nlohmann::json Ask(std::vector<std::string> arguments, int exit_code = 0) const;
  // The error of a verb with --json.
  nlohmann::json AskInVain(std::vector<std::string> arguments, int exit_code) const;

 private:
  std::string folder_;
};

// A way to write a file of a test.
void WriteText(const std::string& file, const std::string& text);

}  // namespace daftar
