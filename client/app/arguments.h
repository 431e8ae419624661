// What the command line of `daftar` asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "client/app/bench/bench_ui.h"
#include "client/app/window_loop.h"
#include "client/ui/window.h"

namespace daftar::app {

struct Arguments {
  std::string address;
  std::string replica;
  std::string server;
  LoopOptions loop;
  ui::WindowOptions window;
  BenchOptions bench;
};

// Fills them. The exit code, if the program is to end at once: help was asked for, or what is wrong was told.
std::optional<int> ReadArguments(int argc, char** argv, Arguments& arguments);

}  // namespace daftar::app
