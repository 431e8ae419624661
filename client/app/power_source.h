// Whether the computer runs on its battery.
#pragma once

#include <optional>
#include <string>

namespace daftar::app {

class PowerSource {
 public:
  virtual ~PowerSource() = default;
  // nullopt: nobody knows, as on a computer without a battery.
  virtual std::optional<bool> OnBattery() const = 0;
};

// As Linux tells it: a folder for each supply, with its type, and whether it is online or discharging. A few small
// files that the kernel makes up when they are read.
class LinuxPowerSource final : public PowerSource {
 public:
  explicit LinuxPowerSource(std::string folder = "/sys/class/power_supply") : folder_(std::move(folder)) {}
  std::optional<bool> OnBattery() const override;

 private:
  const std::string folder_;
};

}  // namespace daftar::app
