// A folder for one test, removed with everything in it at the end.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "storage/base/status.h"

namespace daftar {

// In memory where the machine has such a place: durability against power loss is not what these tests are about, and
// waiting for a disk at every commit would hide races more than it finds them.
class TemporaryFolder {
 public:
  TemporaryFolder() : path_((Place() / "daftar_test_XXXXXX").string()) {
    DAFTAR_CHECK(::mkdtemp(path_.data()) != nullptr);
  }
  ~TemporaryFolder() {
    std::error_code ignored_since_the_test_is_over;
    std::filesystem::remove_all(path_, ignored_since_the_test_is_over);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string File(const std::string& name) const { return path_ + "/" + name; }

 private:
  static std::filesystem::path Place() {
    const char* chosen = std::getenv("TMPDIR");
    bool memory = chosen == nullptr && std::filesystem::is_directory("/dev/shm");
    return memory ? "/dev/shm" : std::filesystem::temp_directory_path();
  }

  std::string path_;
};

}  // namespace daftar
