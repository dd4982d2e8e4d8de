-- Run by the test in a Neovim that was set up with a text of docs/editors.md: opens FILE, and writes what it was shown to ANSWER.
local file, answer = vim.env.FILE, vim.env.ANSWER
vim.cmd("edit " .. vim.fn.fnameescape(file))
local function wait(ready)
  return vim.wait(20000, ready, 20)
end
wait(function()
  return #vim.diagnostic.get(0) > 0
end)

local function ask(method, line, character)
  local uri = vim.uri_from_bufnr(0)
  local params = { textDocument = { uri = uri }, position = { line = line, character = character } }
  local replies = vim.lsp.buf_request_sync(0, method, params, 20000)
  for _, reply in pairs(replies or {}) do
    return reply.result
  end
end

local found = vim.tbl_map(function(diagnostic)
  return { line = diagnostic.lnum, code = diagnostic.code, source = diagnostic.source }
end, vim.diagnostic.get(0))
local hover = ask("textDocument/hover", tonumber(vim.env.HOVER_LINE), 2)
vim.fn.append(1, { "proc" })
local completion = ask("textDocument/completion", 1, 4)
local labels = vim.tbl_map(function(item)
  return item.label
end, completion and (completion.items or completion) or {})
local said = { filetype = vim.bo.filetype, found = found, hover = hover and hover.contents.value, labels = labels }
vim.fn.writefile({ vim.fn.json_encode(said) }, answer)
vim.cmd("qall!")
