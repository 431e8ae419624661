#include "tools/ctl/program.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <vector>

#include "client/language/language.h"
#include "storage/authoring/names.h"
#include "tools/ctl/commands.h"

namespace daftar::ctl {
namespace {

// Examples first: most who ask for help want to see how a thing is called.
class ExamplesFirst final : public CLI::Formatter {
 public:
  std::string make_description(const CLI::App* app) const override {
    return app->get_footer() + "\n\n" + app->get_description() + "\n\n";
  }
  std::string make_footer(const CLI::App* app) const override {
    return app->get_parent() == nullptr
               ? ""
               : "\nBefore or after the verb: --replica DIR, --server HOST:PORT/KEY, --lang CODE, "
                 "--json. See daftarctl --help\n";
  }
};

void AddGlobalFlags(CLI::App& app, Context& context) {
  app.add_option("--replica", context.replica, "Folder of the workstation; default: daftar in the user's data folder")
      ->envname("DAFTAR_REPLICA")
      ->type_name("DIR");
  app.add_option(
         "--server", context.server,
         "The server, as its keeper gave the address, or HOST:PORT of one on this machine; default: the one named last")
      ->envname("DAFTAR_SERVER")
      ->type_name("HOST:PORT/KEY");
  app.add_flag("--json", context.json, "Answer with one JSON object; see README.md of tools/ctl");
  app.add_option("--lang", context.language, "Language of records, lists and searches as text: en, ru, tg or fa")
      ->envname("DAFTAR_LANG")
      ->type_name("CODE");
}

void AddCommands(CLI::App& app, Context& context) {
  AddSetupCommands(app, context);
  AddSyncCommands(app, context);
  AddRelayCommands(app, context);
  AddStateCommands(app, context);
  AddSearchCommands(app, context);
  AddShowCommands(app, context);
  AddGraphCommands(app, context);
  AddHistoryCommands(app, context);
  AddDiffCommands(app, context);
  AddEditCommands(app, context);
  AddFormCommands(app, context);
  AddRestoreCommands(app, context);
  AddSuggestCommands(app, context);
  AddReviewCommands(app, context);
  AddCommentCommands(app, context);
  AddJudgeCommands(app, context);
  AddBulkCommands(app, context);
  AddOutboxCommands(app, context);
  AddDraftCommands(app, context);
  AddConflictCommands(app, context);
  AddBundleCommands(app, context);
  AddScopeCommands(app, context);
  AddBookmarkCommands(app, context);
  AddTagCommands(app, context);
  AddNoteCommands(app, context);
  AddSavedCommands(app, context);
  AddPrivateCommands(app, context);
  AddKeyCommands(app, context);
  AddNeighbourCommands(app, context);
  AddDoctorCommands(app, context);
  AddDumpCommands(app, context);
  AddCompactCommands(app, context);
}

// The deepest command that was named: "conflict list", not "conflict".
const CLI::App& Chosen(const CLI::App& app) {
  const auto parsed = app.get_subcommands();
  return parsed.empty() ? app : Chosen(*parsed.front());
}

std::vector<std::string> VerbsOf(const CLI::App& app) {
  std::vector<std::string> verbs;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    verbs.push_back(verb->get_name());
  }
  return verbs;
}

std::vector<std::string> FlagsOf(const CLI::App& app) {
  std::vector<std::string> flags;
  for (const CLI::App* level = &app; level != nullptr; level = level->get_parent()) {
    for (const CLI::Option* option : level->get_options()) {
      for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
    }
  }
  return flags;
}

std::string DidYouMean(const std::string& word, const std::vector<std::string>& known) {
  const std::vector<std::string> nearest = Nearest(word, known);
  return nearest.empty() ? "" : "; did you mean " + nearest.front() + "?";
}

std::string CallOf(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  return parent == nullptr ? app.get_name() : CallOf(*parent) + " " + app.get_name();
}

std::string HelpOf(const CLI::App& app) {
  return app.help(app.get_parent() == nullptr ? "" : CallOf(*app.get_parent()));
}

// Words that stand where nothing belongs.
Reply Unexpected(const CLI::App& app, const std::vector<std::string>& extras) {
  const CLI::App& chosen = Chosen(app);
  const std::vector<std::string> verbs = VerbsOf(chosen);
  const auto flag = std::find_if(extras.begin(), extras.end(), [](const auto& word) { return word.starts_with("-"); });
  const auto verb = std::find_if(extras.begin(), extras.end(), [](const auto& word) { return !word.starts_with("-"); });
  std::string message;
  if (!verbs.empty() && verb != extras.end()) {
    message = "there is no verb " + *verb + DidYouMean(*verb, verbs);
  } else if (flag != extras.end()) {
    message = CallOf(chosen) + " has no flag " + *flag + DidYouMean(flag->substr(0, flag->find('=')), FlagsOf(chosen));
    if (chosen.get_name() == "search") message += ". A query that begins with - goes behind --";
  } else {
    message = CallOf(chosen) + " takes no " + extras.front();
  }
  return Reply::Error(ExitCode::kUsage, message + "\nSee: " + CallOf(chosen) + " --help");
}

Reply UsageError(const CLI::App& app, const CLI::ParseError& error) {
  return Reply::Error(ExitCode::kUsage, std::string(error.what()) + "\nSee: " + CallOf(Chosen(app)) + " --help");
}

// JSON is for programs: English in every language.
Status SpeakLanguageOf(const Context& context) {
  UseLanguage(Language::kEnglish);
  if (context.language.empty()) return OkStatus();
  if (const std::optional<Language> language = LanguageOf(context.language)) {
    if (!context.json) UseLanguage(*language);
    return OkStatus();
  }
  std::string known;
  for (const Language language : AllLanguages()) {
    known += (known.empty() ? "" : ", ") + std::string(LanguageCode(language)) + " (" +
             std::string(LanguageName(language)) + ")";
  }
  return InvalidArgument("there is no language " + context.language + "; there are " + known);
}

// What the command line asks for; nullopt if it was help or the version, which are printed already.
std::optional<Reply> Parse(CLI::App& app, const Context& context, std::span<const std::string> arguments,
                           std::ostream& out) {
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    out << HelpOf(Chosen(app));
    return std::nullopt;
  } catch (const CLI::CallForVersion&) {
    out << app.get_name() << " " << DAFTAR_VERSION << "\n";
    return std::nullopt;
  } catch (const CLI::ExtrasError&) {
    std::vector<std::string> extras = app.remaining(true);
    return Unexpected(app, extras);
  } catch (const CLI::ParseError& error) {
    return UsageError(app, error);
  }
  if (const Status spoken = SpeakLanguageOf(context); !spoken.ok()) {
    return Reply::Error(ExitCode::kUsage, Message(spoken));
  }
  if (!context.action) {
    return Reply::Error(ExitCode::kUsage, "say what to do:\n\n" + HelpOf(Chosen(app)));
  }
  return context.action();
}

}  // namespace

CLI::App& AddVerb(CLI::App& app, const std::string& name, const std::string& what, const std::string& examples) {
  CLI::App& verb = *app.add_subcommand(name, what);
  verb.footer("Examples:\n" + examples);
  verb.fallthrough();
  return verb;
}

int RunProgram(std::span<const std::string> arguments, const Surroundings& surroundings) {
  Context context{.clock = surroundings.clock,
                  .random = surroundings.random,
                  .make_connector = surroundings.make_connector,
                  .make_network_watch = surroundings.make_network_watch,
                  .make_acceptor = surroundings.make_acceptor,
                  .progress = surroundings.progress,
                  .width = surroundings.width,
                  .out = surroundings.out,
                  .talk = surroundings.err};
  CLI::App app("Reads and edits a Daftar replica, and keeps it equal to its server.", "daftarctl");
  app.formatter(std::make_shared<ExamplesFirst>());
  app.footer("Examples:\n  daftarctl search Ansarullah\n  daftarctl show sample:I01 --json");
  app.set_version_flag("--version", DAFTAR_VERSION, "Print the version and stop");
  AddGlobalFlags(app, context);
  AddCommands(app, context);
  app.get_formatter()->column_width(34);

  const std::optional<Reply> reply = Parse(app, context, arguments, surroundings.out);
  if (!reply) return static_cast<int>(ExitCode::kOk);
  Print(*reply, context.json, surroundings.out, surroundings.err);
  return static_cast<int>(reply->code);
}

}  // namespace daftar::ctl
