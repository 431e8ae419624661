#include "tests/ui/xvfb.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace daftar {

int RunOnXvfb(const std::string& command, const std::string& screen, const std::string& environment,
              const std::string& folder) {
  const std::string ended = folder + "/exit_code";
  std::filesystem::remove(ended);
  // What the person who runs the tests prefers is not theirs.
  const std::string whole = environment + " XDG_STATE_HOME=" + folder + "/state timeout 90 xvfb-run -a -s '-screen 0 " +
                            screen + "x24 -dpi 96' sh -c '" + command + "; echo $? >" + ended + "'";
  // The exit code is that of xvfb-run.
  static_cast<void>(std::system(whole.c_str()));
  std::ifstream in(ended);
  int code = -1;
  return in >> code ? code : -1;
}

}  // namespace daftar
