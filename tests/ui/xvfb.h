// The program on a screen without a monitor.
#pragma once

#include <string>

namespace daftar {

// Runs a command of the shell, which holds no apostrophe, on a screen of that size, "1400x900", for 90 seconds at most.
// Its exit code, whatever xvfb-run thinks of its own cleaning up; -1 if it did not end. `environment`: variables before
// it; `folder`: for what it leaves.
int RunOnXvfb(const std::string& command, const std::string& screen, const std::string& environment,
              const std::string& folder);

}  // namespace daftar
