#include "client/app/power_source.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

namespace daftar::app {
namespace {

// The one word in a file; empty if it cannot be read.
std::string WordIn(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string word;
  in >> word;
  return word;
}

}  // namespace

std::optional<bool> LinuxPowerSource::OnBattery() const {
  std::error_code none;
  bool discharging = false, battery = false, plugged = false;
  for (const auto& supply : std::filesystem::directory_iterator(folder_, none)) {
    const std::string type = WordIn(supply.path() / "type");
    // A mouse has a battery, too; it says that it is a device's.
    if (type == "Battery" && WordIn(supply.path() / "scope") != "Device") {
      battery = true;
      discharging = discharging || WordIn(supply.path() / "status") == "Discharging";
    }
    if (type == "Mains" || type == "USB") plugged = plugged || WordIn(supply.path() / "online") == "1";
  }
  if (!battery) return std::nullopt;
  return discharging && !plugged;
}

}  // namespace daftar::app
