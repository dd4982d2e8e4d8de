// Written by scripts/notes-index.mjs (npm run generate) from the files of server/data/notes. Their shapes are held by a test.
import languageData from "../../data/language.json";
import appsNotes from "../../data/notes/apps.json";
import asyncNotes from "../../data/notes/async.json";
import cacheNotes from "../../data/notes/cache.json";
import cgiNotes from "../../data/notes/cgi.json";
import cronNotes from "../../data/notes/cron.json";
import emperorNotes from "../../data/notes/emperor.json";
import hooksNotes from "../../data/notes/hooks.json";
import httpNotes from "../../data/notes/http.json";
import languageNotes from "../../data/notes/language.json";
import legionNotes from "../../data/notes/legion.json";
import loggingNotes from "../../data/notes/logging.json";
import miscNotes from "../../data/notes/misc.json";
import mulesNotes from "../../data/notes/mules.json";
import otherPluginsNotes from "../../data/notes/other-plugins.json";
import pathsNotes from "../../data/notes/paths.json";
import perlLuaJvmNotes from "../../data/notes/perl-lua-jvm.json";
import permissionsNotes from "../../data/notes/permissions.json";
import phpNotes from "../../data/notes/php.json";
import processesNotes from "../../data/notes/processes.json";
import pythonNotes from "../../data/notes/python.json";
import queueNotes from "../../data/notes/queue.json";
import routersNotes from "../../data/notes/routers.json";
import routingNotes from "../../data/notes/routing.json";
import rubyNotes from "../../data/notes/ruby.json";
import socketsNotes from "../../data/notes/sockets.json";
import spoolerNotes from "../../data/notes/spooler.json";
import sslNotes from "../../data/notes/ssl.json";
import staticNotes from "../../data/notes/static.json";
import statsNotes from "../../data/notes/stats.json";
import subscriptionNotes from "../../data/notes/subscription.json";
import type { LanguageNotes, Note } from "./notes";

export const language = languageData as LanguageNotes;

export const families = [
  appsNotes,
  asyncNotes,
  cacheNotes,
  cgiNotes,
  cronNotes,
  emperorNotes,
  hooksNotes,
  httpNotes,
  languageNotes,
  legionNotes,
  loggingNotes,
  miscNotes,
  mulesNotes,
  otherPluginsNotes,
  pathsNotes,
  perlLuaJvmNotes,
  permissionsNotes,
  phpNotes,
  processesNotes,
  pythonNotes,
  queueNotes,
  routersNotes,
  routingNotes,
  rubyNotes,
  socketsNotes,
  spoolerNotes,
  sslNotes,
  staticNotes,
  statsNotes,
  subscriptionNotes,
] as readonly Readonly<Record<string, Note>>[];
