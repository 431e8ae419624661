#include "client/app/arguments.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>

#include "storage/base/exit_code.h"

namespace daftar::app {
namespace {

// What is not yet as the window takes it.
struct Words {
  std::string language, size, theme;
  int scale = 0;  // percent; 0: not said
  double exit_after_s = 0;
};

void AddPageOptions(CLI::App& cli, Arguments& arguments, Words& words) {
  cli.add_option("ADDRESS", arguments.address, "page to open: daftar:incident/ID, daftar:search?q=WORDS, or an ID");
  cli.add_option("--replica", arguments.replica, "folder of the replica")->type_name("DIR");
  cli.add_option("--server", arguments.server, "server to sync with, instead of the stored one")
      ->type_name("HOST:PORT/KEY");
  cli.add_option("--lang", words.language, "language of the window for this run: en, ru, tg or fa")->type_name("CODE");
  cli.add_option("--size", words.size, "size of the window, such as 1366x768")->type_name("WIDTHxHEIGHT");
  cli.add_option("--scale", words.scale, "size of everything in it for this run: 100 is the usual one, 75 to 300")
      ->type_name("PERCENT");
  cli.add_option("--theme", words.theme, "colours for this run: light, dark or high-contrast")->type_name("NAME");
  cli.add_option("--screenshot", arguments.loop.screenshot, "write a picture of the page (PNG) and exit")
      ->type_name("FILE");
  cli.add_option("--frames-log", arguments.loop.frames_log, "append a line for each frame drawn")->type_name("FILE");
  cli.add_option("--exit-after", words.exit_after_s, "close the window after so many seconds")->type_name("SECONDS");
}

void AddBenchOptions(CLI::App& cli, BenchOptions& bench) {
  constexpr const char* kGroup = "Measuring";
  CLI::Option* wanted =
      cli.add_flag("--bench-ui", bench.wanted, "measure the window on this replica, some minutes; print a table")
          ->group(kGroup);
  const auto more = [&](CLI::Option* option) { option->group(kGroup)->needs(wanted); };
  more(cli.add_flag("--json", bench.json, "print JSON instead"));
  more(cli.add_flag("--quick", bench.quick, "measure fewer of everything: half a minute"));
  more(cli.add_flag("--typing", bench.typing_only, "measure the search box alone"));
  more(cli.add_option("--idle", bench.idle_s, "leave the window alone for so long (default 60)")
           ->type_name("SECONDS")
           ->check(CLI::Range(0.1, 3600.0)));
  more(cli.add_option("--against", bench.against, "compare the start with that of a small replica")->type_name("DIR"));
  more(cli.add_option("--sync-from", bench.sync_from, "last, sync from a server with news, and measure frames then")
           ->type_name("HOST:PORT/KEY"));
  // What it starts itself with. Hidden.
  cli.add_option("--bench-part", bench.part)->group("");
  cli.add_option("--bench-begun", bench.begun_ns)->group("");
}

bool ReadSize(const std::string& text, ui::WindowOptions& options) {
  constexpr int kLeast = 200, kMost = 16384;
  char rest = 0;
  const bool read = std::sscanf(text.c_str(), "%5dx%5d%c", &options.width, &options.height, &rest) == 2;
  const auto fits = [](int length) { return length >= kLeast && length <= kMost; };
  return read && fits(options.width) && fits(options.height);
}

std::optional<ui::ThemeKind> ThemeNamed(const std::string& name) {
  if (name == "light") return ui::ThemeKind::kLight;
  if (name == "dark") return ui::ThemeKind::kDark;
  if (name == "high-contrast") return ui::ThemeKind::kHighContrast;
  return std::nullopt;
}

// What is wrong with them, if anything is.
std::optional<std::string> Take(const Words& words, Arguments& arguments) {
  if (!words.size.empty() && !ReadSize(words.size, arguments.window))
    return "\"" + words.size + "\" is no size of a window, such as 1366x768";
  if (!words.language.empty()) {
    arguments.loop.language = LanguageOf(words.language);
    if (!arguments.loop.language) return "there is no language \"" + words.language + "\": en, ru, tg or fa";
  }
  if (words.scale != 0) {
    const float scale = static_cast<float>(words.scale) / 100;
    if (scale < kSmallestScale || scale > kLargestScale)
      return "nothing can be drawn at " + std::to_string(words.scale) + " %: 75 to 300";
    arguments.loop.scale = scale;
  }
  if (!words.theme.empty()) {
    arguments.loop.theme = ThemeNamed(words.theme);
    if (!arguments.loop.theme) return "there is no theme \"" + words.theme + "\": light, dark or high-contrast";
  }
  if (words.exit_after_s > 0) arguments.loop.exit_after_ms = static_cast<int64_t>(words.exit_after_s * 1000);
  return std::nullopt;
}

}  // namespace

std::optional<int> ReadArguments(int argc, char** argv, Arguments& arguments) {
  CLI::App cli("Daftar: incidents and the actors behind them, readable without a network.", "daftar");
  cli.footer(
      "Examples:\n  daftar\n  daftar daftar:incident/sample:I01\n  daftar --bench-ui --replica DIR --against SMALL");
  cli.set_version_flag("--version", "daftar 0.1.0");
  Words words;
  AddPageOptions(cli, arguments, words);
  AddBenchOptions(cli, arguments.bench);
  constexpr int kUsage = static_cast<int>(ExitCode::kUsage);
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return cli.exit(error) == 0 ? 0 : kUsage;
  }
  if (const auto wrong = Take(words, arguments)) {
    std::cerr << "daftar: " << *wrong << "\n";
    return kUsage;
  }
  return std::nullopt;
}

}  // namespace daftar::app
