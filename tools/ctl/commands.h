// The verbs, by group. Each function adds its verbs to the command line; a verb that is chosen sets context.action.
// The context must outlive the app.
#pragma once

#include <CLI/App.hpp>
#include <string>

#include "tools/ctl/context.h"

namespace daftar::ctl {

void AddSetupCommands(CLI::App& app, Context& context);      // init
void AddSyncCommands(CLI::App& app, Context& context);       // sync, push
void AddSyncSettings(CLI::App& sync, Context& context);      // sync pause, sync resume, sync budget
void AddRelayCommands(CLI::App& app, Context& context);      // relay
void AddStateCommands(CLI::App& app, Context& context);      // status, verify
void AddSearchCommands(CLI::App& app, Context& context);     // search, list
void AddShowCommands(CLI::App& app, Context& context);       // show
void AddGraphCommands(CLI::App& app, Context& context);      // graph
void AddHistoryCommands(CLI::App& app, Context& context);    // history
void AddEditCommands(CLI::App& app, Context& context);       // add, edit, retire
void AddRestoreCommands(CLI::App& app, Context& context);    // restore
void AddSuggestCommands(CLI::App& app, Context& context);    // suggest
void AddReviewCommands(CLI::App& app, Context& context);     // review
void AddCommentCommands(CLI::App& app, Context& context);    // comment
void AddJudgeCommands(CLI::App& app, Context& context);      // judge
void AddBulkCommands(CLI::App& app, Context& context);       // bulk
void AddDiffCommands(CLI::App& app, Context& context);       // diff
void AddFormCommands(CLI::App& app, Context& context);       // form
void AddOutboxCommands(CLI::App& app, Context& context);     // outbox
void AddDraftCommands(CLI::App& app, Context& context);      // draft
void AddConflictCommands(CLI::App& app, Context& context);   // conflict
void AddDoctorCommands(CLI::App& app, Context& context);     // doctor
void AddDumpCommands(CLI::App& app, Context& context);       // dump
void AddCompactCommands(CLI::App& app, Context& context);    // compact
void AddBundleCommands(CLI::App& app, Context& context);     // bundle
void AddBundleInspect(CLI::App& bundle, Context& context);   // bundle inspect
void AddScopeCommands(CLI::App& app, Context& context);      // scope
void AddBookmarkCommands(CLI::App& app, Context& context);   // bookmark
void AddTagCommands(CLI::App& app, Context& context);        // tag
void AddNoteCommands(CLI::App& app, Context& context);       // note
void AddSavedCommands(CLI::App& app, Context& context);      // saved
void AddPrivateCommands(CLI::App& app, Context& context);    // private
void AddKeyCommands(CLI::App& app, Context& context);        // key
void AddNeighbourCommands(CLI::App& app, Context& context);  // neighbour

// A verb with its help: what it does, and two examples.
CLI::App& AddVerb(CLI::App& app, const std::string& name, const std::string& what, const std::string& examples);

}  // namespace daftar::ctl
